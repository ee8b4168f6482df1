/// The words of the Core Business Vocabulary 2.0 that events may carry as bare words. Any other value is a URI of
/// whoever coined it.
enum CBV {
    static let bizSteps = words(
        """
        accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting
        decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting
        installing killing loading other packing picking receiving removing repackaging repairing replacing reserving
        retail_selling shipping staging_outbound stock_taking stocking storing transporting unloading unpacking
        void_shipping sensor_reporting sampling
        """)

    static let dispositions = words(
        """
        active container_closed damaged destroyed dispensed disposed encoded expired in_progress in_transit inactive
        no_pedigree_match non_sellable_other partially_dispensed recalled reserved retail_sold returned
        sellable_accessible sellable_not_accessible stolen unknown available completeness_verified
        completeness_inferred conformant container_open mismatch_instance mismatch_class mismatch_quantity
        needs_replacement non_conformant unavailable
        """)

    static let transactionTypes = words(
        "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt")
    static let partyTypes = words("owning_party possessing_party location")
    static let errorReasons = words("did_not_occur incorrect_data")
    static let alerts = words("ALARM_CONDITION ERROR_CONDITION")
    static let components = words(
        """
        x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing latitude
        longitude altitude
        """)

    static let measurements = words(
        """
        AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Radioactivity Altitude AmountOfSubstance
        AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance
        Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity
        ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency
        Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux
        LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate
        MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux
        RadiantIntensity RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed SurfaceDensity
        SurfaceTension Temperature Time Torque Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber
        """)

    private static func words(_ text: String) -> Set<String> {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }

    /// Of which vocabulary a member's bare words are.
    enum Kind: String, Sendable, Hashable {
        case bizStep = "BizStep"
        case disposition = "Disp"
        case transaction = "BTT"
        case party = "SDT"
        case errorReason = "ER"
        case component = "Comp"
        case measurement = "MeasurementType"
        case alert = "SensorAlertType"

        /// Its bare words.
        var words: Set<String> {
            switch self {
            case .bizStep: CBV.bizSteps
            case .disposition: CBV.dispositions
            case .transaction: CBV.transactionTypes
            case .party: CBV.partyTypes
            case .errorReason: CBV.errorReasons
            case .component: CBV.components
            case .measurement: CBV.measurements
            case .alert: CBV.alerts
            }
        }

        /// What stands before a bare word where it is written as an address.
        var web: String {
            switch self {
            case .measurement, .alert: "https://gs1.org/voc/"
            default: "https://ref.gs1.org/cbv/\(rawValue)-"
            }
        }

        /// The ways in which XML writes it.
        private var written: [String] {
            let old: String? =
                switch self {
                case .bizStep: "urn:epcglobal:cbv:bizstep:"
                case .disposition: "urn:epcglobal:cbv:disp:"
                case .transaction: "urn:epcglobal:cbv:btt:"
                case .party: "urn:epcglobal:cbv:sdt:"
                case .errorReason: "urn:epcglobal:cbv:er:"
                case .component: nil
                case .measurement, .alert: "gs1:"
                }
            return [
                web, old, self == .measurement ? "https://gs1.org/voc/MeasurementType-" : nil,
                self == .component ? "cbv:Comp-" : nil,
            ].compactMap { $0 }
        }

        /// A value as a bare word where it is one in any way of writing, else as it is.
        func bare(_ value: String) -> String {
            for start in written where value.hasPrefix(start) {
                let word = String(value.dropFirst(start.count))
                if words.contains(word) { return word }
            }
            return value
        }

        /// A value as an address.
        func address(_ value: String) -> String { words.contains(value) ? web + value : value }
    }
}
