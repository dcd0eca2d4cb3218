namespace Ecert.Gateway.Edge;

/// <summary>Who may call a verb.</summary>
[Flags]
internal enum Callers
{
    None = 0,
    Hospital = 1,
    Pharmacy = 2,
    TransitOperator = 4,
    Biller = 8,
    Operator = 16,
    Citizen = 32,
    Anyone = 64,

    Provider = Hospital | Pharmacy,
    Institution = Hospital | Pharmacy | TransitOperator | Biller | Operator,
}

/// <summary>What one verb asks of its caller.</summary>
/// <param name="Callers">The kinds that may call it.</param>
/// <param name="Scope">The scope the token must carry; null for what is public.</param>
internal sealed record Permission(Callers Callers, string? Scope);

/// <summary>The one table of who may call what. A method that is not in it is refused.</summary>
internal static class Permissions
{
    private static readonly Dictionary<string, Permission> Table = Build();

    /// <summary>The entry of a full method name, or null: refused.</summary>
    public static Permission? Of(string method) => Table.GetValueOrDefault(method);

    /// <summary>Every entry, for the tests that hold the table against the contract.</summary>
    public static IReadOnlyDictionary<string, Permission> All => Table;

    private static Dictionary<string, Permission> Build()
    {
        var table = new Dictionary<string, Permission>(StringComparer.Ordinal);

        Rows("CertificateService", "certificates",
            (Callers.Provider | Callers.TransitOperator, ["DecodePresentation", "VerifyPresentation"]),
            (Callers.Citizen | Callers.Operator, ["GetCertificate", "SuspendCertificate", "RevokeCertificate"]),
            (Callers.Institution, ["WatchRevocations"]));
        Public("ecert.v1.CertificateService", "GetTrustList");

        Rows("EligibilityService", "eligibility",
            (Callers.Provider, ["CheckEligibility", "BatchCheckEligibility"]),
            (Callers.Provider | Callers.Citizen, ["GetBenefitBalances"]));

        Rows("ReimbursementService", "reimbursement",
            (Callers.Provider, ["UploadFees", "PreSettle", "Settle", "ReverseSettlement", "RefundSettlement",
                "GetSettlement", "ListSettlements", "WatchSettlement"]));

        Rows("AppointmentService", "appointments",
            (Callers.Citizen | Callers.Hospital,
                ["ListDepartments", "ListSlots", "BookAppointment", "CancelAppointment",
                "CheckIn", "GetAppointment"]));

        Rows("PrescriptionService", "prescriptions",
            (Callers.Hospital, ["IssuePrescription", "RevokePrescription"]),
            (Callers.Pharmacy, ["ReviewPrescription", "RecordDispense", "RecordDelivery"]),
            (Callers.Citizen, ["OrderPrescription"]),
            (Callers.Provider | Callers.Citizen, ["GetPrescription", "ListPrescriptions", "WatchPrescription"]));

        Rows("PaymentService", "payments",
            (Callers.Provider | Callers.Citizen, ["CreatePayment", "GetPayment", "WatchPayment", "ClosePayment",
                "RefundPayment"]),
            (Callers.Citizen, ["BindWallet", "ListWallets", "Transfer"]));

        Rows("FareService", "fares",
            (Callers.Citizen, ["IssueRideKey", "CompleteTrip"]),
            (Callers.TransitOperator | Callers.Citizen, ["QuoteFare", "ListTrips"]),
            (Callers.TransitOperator, ["TapIn", "TapOut", "UploadTaps", "WatchGateUpdates"]));

        Rows("BillService", "bills",
            (Callers.Citizen, ["ListBillers", "QueryBill", "PayBill", "GetBillPayment", "WatchBillPayment"]));

        Rows("SocialSecurityService", "social-security",
            (Callers.Citizen, ["GetCard", "ListRecords", "ListDues", "PayDues"]));

        Rows("GovernmentService", "government",
            (Callers.Citizen, ["ListServices", "Inquire", "Apply", "Complain", "GetCase", "WatchCase", "PayCase"]));

        Rows("ProvinceService", "provinces",
            (Callers.Operator, ["RegisterProvince", "SubmitManifest", "RunConformance", "ActivateProvince",
                "SuspendProvince", "ListProvinces", "RegisterInstitution"]));

        Rows("ReconciliationService", "reconciliation",
            (Callers.Operator, ["GetDailyStatement", "ListDifferences", "ResolveDifference", "DownloadStatement"]));

        Public("grpc.health.v1.Health", "Check", "Watch", "List");
        Public("grpc.reflection.v1.ServerReflection", "ServerReflectionInfo");
        Public("grpc.reflection.v1alpha.ServerReflection", "ServerReflectionInfo");
        return table;

        void Rows(string service, string scope, params (Callers Callers, string[] Methods)[] rows)
        {
            foreach (var (callers, methods) in rows)
                foreach (var method in methods)
                    table.Add($"/ecert.v1.{service}/{method}", new Permission(callers, scope));
        }

        void Public(string service, params string[] methods)
        {
            foreach (var method in methods)
                table.Add($"/{service}/{method}", new Permission(Callers.Anyone, null));
        }
    }
}
