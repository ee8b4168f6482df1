// District
