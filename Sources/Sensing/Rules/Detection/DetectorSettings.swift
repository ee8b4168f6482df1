/// The one frozen configuration of the detectors; times are counted in readings, because sensors differ in rate.
struct DetectorSettings: Sendable, Hashable {
    /// What every sensor runs with.
    static let standard = DetectorSettings()

    /// Readings from which a detector learns before it may speak.
    var calibration = 300
    /// False alarms a sensor may raise in a week at 1 Hz, stated in advance.
    var falseAlarmsPerWeek = 0.25
    /// Readings over which the fast mean forgets.
    var fast = 30.0
    /// Readings over which the location follows a healthy signal.
    var slow = 900.0
    /// Readings over which scales and correlation follow.
    var memory = 3600.0
    /// Readings over which the volatility forgets.
    var volatility = 60.0
    /// Readings the level must stay out before it counts.
    var levelPersistence = 5
    /// Readings the volatility must stay out before it counts.
    var volatilityPersistence = 180
    /// How far the fast mean must be from the location, in scales, to matter at all.
    var levelEffect = 2.0
    /// By which factor the volatility must have grown to matter at all.
    var volatilityEffect = 1.4
    /// Quiet readings after which an anomaly is over.
    var rearm = 30
    /// Readings after which a lasting new regime is the normal one.
    var freeze = 1800
    /// How many regimes (states of a machine) are kept in mind.
    var regimes = 4

    /// The tail probability below which a score counts as out, for each of the three scores.
    var alarmProbability: Double { falseAlarmsPerWeek / 604_800 / 3 }

    /// The tail probability beyond which a residual is out: three of five must be, which chance alone hardly does.
    var residualProbability: Double { 20 * alarmProbability }
    /// The same for the fast mean, which repeats itself from reading to reading and so has fewer chances to be out.
    var levelProbability: Double { alarmProbability * fast / 3 }
    /// The same for the volatility.
    var volatilityProbability: Double { alarmProbability * volatility }
}
