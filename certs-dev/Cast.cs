namespace Ecert.CertsDev;

/// <summary>Who has keys in the development chain.</summary>
public static class Cast
{
    /// <summary>The provinces: Hebei and Shanghai.</summary>
    public static IReadOnlyList<string> Provinces { get; } = ["130000", "310000"];

    /// <summary>A hospital in Shijiazhuang, Hebei.</summary>
    public const string HebeiHospital = "H13010000001";

    /// <summary>A hospital in Shanghai.</summary>
    public const string ShanghaiHospital = "H31010000001";

    /// <summary>A pharmacy in Shanghai.</summary>
    public const string ShanghaiPharmacy = "P31010000001";

    /// <summary>The metro operator of Shanghai.</summary>
    public const string ShanghaiMetro = "M31010000001";

    /// <summary>The agency that bills for Shanghai's utilities and fines.</summary>
    public const string ShanghaiBiller = "B31010000001";

    /// <summary>The national operator, who watches and reconciles.</summary>
    public const string NationalOperator = "N11000000001";

    /// <summary>Every institution with a client certificate.</summary>
    public static IReadOnlyList<string> Institutions { get; } =
        [HebeiHospital, ShanghaiHospital, ShanghaiPharmacy, ShanghaiMetro, ShanghaiBiller, NationalOperator];

    /// <summary>The payment apps that are OAuth clients, by client id.</summary>
    public static IReadOnlyList<string> OAuthClients { get; } = ["wechat", "alipay", "app"];

    /// <summary>The servers with a TLS certificate.</summary>
    public static IReadOnlyList<string> Servers { get; } = ["gateway", "identity", "sandbox"];

    /// <summary>The URN an institution's client certificate carries as its only alternative name.</summary>
    public static string InstitutionUrn(string code) => $"urn:ecert:institution:{code}";

    /// <summary>The URN of the gateway's own client certificate, with which it calls the identity server.</summary>
    public const string GatewayUrn = "urn:ecert:gateway";
}
