using System.Security.Cryptography.X509Certificates;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Fares;
using Ecert.Kernel;

namespace Ecert.Gateway;

/// <summary>Everything the gateway is told from outside.</summary>
public sealed record GatewayOptions
{
    /// <summary>Where gRPC is served over mTLS: <c>https://127.0.0.1:7443</c>.</summary>
    public required string GrpcUrl { get; init; }

    /// <summary>
    /// Where channels post their notifications and health is asked over plain HTTP, behind the operator's own TLS.
    /// </summary>
    public required string CallbackUrl { get; init; }

    /// <summary>The address callers know the gRPC door by; DPoP proofs are bound to it.</summary>
    public required string PublicAddress { get; init; }

    /// <summary>The gateway's server certificate with its private key.</summary>
    public required X509Certificate2 ServerCertificate { get; init; }

    /// <summary>The authorities that client certificates must chain to.</summary>
    public required X509Certificate2Collection ClientAuthorities { get; init; }

    /// <summary>The authorization server's issuer URI; everything else comes from its discovery document.</summary>
    public required string Issuer { get; init; }

    /// <summary>The <c>aud</c> of access tokens meant for this gateway.</summary>
    public string Audience { get; init; } = "https://gateway.ecert.example";

    /// <summary>The pinned root of the trust list.</summary>
    public required X509Certificate2 TrustRoot { get; init; }

    /// <summary>The relational store, an SQLite connection string.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The ledger's own SQLite file.</summary>
    public required string LedgerPath { get; init; }

    /// <summary>The folder of policy packs.</summary>
    public required string PolicyFolder { get; init; }

    /// <summary>The 32-byte key of personal data at rest.</summary>
    public required byte[] PersonalDataKey { get; init; }

    /// <summary>The provinces whose rules run here, six digits ending in 0000.</summary>
    public IReadOnlyList<string> Provinces { get; init; } = [];

    /// <summary>Institutions registered at start.</summary>
    public IReadOnlyList<RegisteredInstitution> Institutions { get; init; } = [];

    /// <summary>Billers offered, with what a citizen reads of them.</summary>
    public IReadOnlyList<RegisteredBiller> Billers { get; init; } = [];

    /// <summary>Metro lines whose fares are known, by operator.</summary>
    public IReadOnlyList<FareNetwork> FareNetworks { get; init; } = [];

    /// <summary>What ride codes are issued and verified with; null where no ride keys are issued.</summary>
    public RideKeyOptions? RideKeys { get; init; }

    /// <summary>The deadline of a call that names none.</summary>
    public TimeSpan DefaultDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The deadline of a standing call that names none.</summary>
    public TimeSpan DefaultWatchDeadline { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a first call with a request id is believed to be still running.</summary>
    public TimeSpan LongestDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Sustained calls per second of one party; twice as many in a burst.</summary>
    public int CallsPerSecondPerParty { get; init; } = 2_000;

    /// <summary>How often what hangs is looked for.</summary>
    public TimeSpan JanitorInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a pre-settlement may be settled.</summary>
    public TimeSpan PreSettlementLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a payer may take to pay the cash part.</summary>
    public TimeSpan PaymentLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a decoded certificate may be used for the visit.</summary>
    public TimeSpan EcTokenLifetime { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>An institution registered at start.</summary>
/// <param name="Id">National institution code, 12 characters.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Division">Where it is, six digits.</param>
/// <param name="Level">Hospital level 1 to 3; 0 where levels do not apply.</param>
public sealed record RegisteredInstitution(string Id, string Name, InstitutionKind Kind, string Division, int Level);

/// <summary>A biller as a citizen sees it.</summary>
/// <param name="Id">The biller's code, the same as its adapter's.</param>
/// <param name="NameZh">Its name in Chinese.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Category">
/// What it bills for: <c>electricity</c>, <c>water</c>, <c>gas</c>, <c>traffic-fine</c>, …
/// </param>
/// <param name="Division">Where it serves, six digits.</param>
/// <param name="AccountLabelZh">What the account number is called on its bills.</param>
/// <param name="AccountPattern">The account number's form, a regular expression matched whole.</param>
public sealed record RegisteredBiller(
    string Id, string NameZh, string NameEn, string Category, string Division, string AccountLabelZh,
    string AccountPattern);

/// <summary>A metro network's stations and fares.</summary>
/// <param name="OperatorId">The operator's institution code.</param>
/// <param name="Stations">Stations in line order with their distance from the first, in metres.</param>
/// <param name="Bands">Fares by distance: the first band whose upper bound is above the distance applies.</param>
public sealed record FareNetwork(string OperatorId, IReadOnlyList<Station> Stations, IReadOnlyList<FareBand> Bands)
{
    /// <summary>Which edition of the table this is.</summary>
    public string Edition { get; init; } = "1";

    /// <summary>What is charged of a fare by what was spent in the month before it, lowest first; none: all.</summary>
    public IReadOnlyList<MonthlyBand> MonthlyBands { get; init; } = [];

    /// <summary>How long a rider may stay in the paid area; longer costs the top fare.</summary>
    public TimeSpan LongestStay { get; init; } = TimeSpan.FromMinutes(180);
}

/// <summary>A station.</summary>
/// <param name="Id">The operator's code of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Metres">Distance from the first station along the line.</param>
public sealed record Station(string Id, string Name, int Metres);

/// <summary>A fare band.</summary>
/// <param name="BelowMetres">Upper bound of the distance, exclusive.</param>
/// <param name="FareFen">The fare in fen.</param>
public sealed record FareBand(int BelowMetres, long FareFen);

/// <summary>A step of the monthly discount.</summary>
/// <param name="FromFen">What must have been spent in the calendar month before the ride, in fen.</param>
/// <param name="Charged">The share of the fare that is still charged.</param>
public sealed record MonthlyBand(long FromFen, Ratio Charged);
