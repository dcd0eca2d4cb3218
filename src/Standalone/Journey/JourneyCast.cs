using Ecert.CertsDev;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Status;
using Ecert.Certificates.Trust;
using Ecert.Kernel;
using Ecert.Standalone.Composition;
using Ecert.Standalone.Journey.Actors;
using Ecert.Standalone.Seed;
using Ecert.V1;

namespace Ecert.Standalone.Journey;

/// <summary>Everybody who takes part, each with a connection of their own.</summary>
internal sealed class JourneyCast : IDisposable
{
    private readonly Dictionary<string, InstitutionClient> _institutions;

    public JourneyCast(RunningSystem system)
    {
        System = system;
        Sandbox = new SandboxUser(system);
        _institutions = Institutions.All.ToDictionary(one => one.Registration.Id,
            one => new InstitutionClient(system, one.Registration.Id, one.Scopes));
    }

    public RunningSystem System { get; }
    public SandboxUser Sandbox { get; }

    /// <summary>What a verifier that is offline has at hand, once it was fetched.</summary>
    public TrustList? Trust { get; set; }
    public StatusLists Status { get; set; } = StatusLists.None;

    /// <summary>Who sits at the counter.</summary>
    public static Operator Clerk { get; } = new()
    {
        OperatorId = "c001", OperatorName = "张收费", OfficeId = "F1", OfficeName = "收费处",
    };

    /// <summary>A request id that was never used.</summary>
    public string NewRequestId() => RandomSource.System.NewId(System.Clock.GetUtcNow());

    /// <summary>An institution, with a token that is good for the next calls.</summary>
    public Task<InstitutionClient> AsAsync(string code, CancellationToken ct) => _institutions[code].ReadyAsync(ct);

    public Task<InstitutionClient> HospitalAsync(CancellationToken ct) => AsAsync(Cast.ShanghaiHospital, ct);

    /// <summary>The offline verdict, as a gate or a hospital without a network reaches it.</summary>
    public Verdict VerifyOffline(string presentation, AudienceKind audience) =>
        PresentationVerifier.Verify(presentation, new VerificationContext
        {
            Now = System.Clock.GetUtcNow(), Audience = audience, Trust = Trust!, Status = Status,
        });

    public void Dispose()
    {
        foreach (var client in _institutions.Values)
            client.Dispose();
    }
}
