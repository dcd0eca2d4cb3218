using Ecert.CertsDev;
using Ecert.Standalone.Composition;
using Ecert.Standalone.Seed;
using Ecert.V1;

namespace Ecert.Standalone.Journey;

/// <summary>
/// The journey: what a citizen, two hospitals, a metro gate, a biller and the operator do in a day and a morning.
/// </summary>
internal sealed class JourneyRunner(RunningSystem system, JourneyLog log)
{
    // A consultation, a class A tablet, a class B tablet with its first-pay share, and a class C tonic.
    private static readonly (string, string, string)[] LargeBill =
    [
        ("001101000010000", "1", "25"), ("XC09AAK021A001010100001", "30", "32.5"),
        ("XA01ABD075A002010100483", "12", "4.52"),
        ("XV06DXF001B001010100002", "2", "38.9"),
    ];

    private static readonly (string, string, string)[] SecondBill =
        [("002103000010000", "1", "480"), ("001101000010000", "1", "25")];

    /// <summary>The one line of a published sample: 4.52 yuan, 5 % first-pay, the rest under the deductible.</summary>
    private static readonly (string, string, string)[] SampleBill = [("XA01ABD075A002010100483", "1", "4.52")];

    /// <exception cref="JourneyFailedException">A step or an invariant did not hold.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        using var cast = new JourneyCast(system);
        var activation = new ActivationSteps(cast, log);
        var hospital = new HospitalSteps(cast, log);
        var reconciliation = new ReconciliationSteps(cast, log);

        var wallet = await activation.ActivateAsync(Citizens.LiMing, "wechat", SandboxUsers.LiMingWeChat, ct);
        await activation.FetchTrustAsync(ct);

        var token = await activation.PresentAsync(wallet, Cast.ShanghaiHospital, BusinessType.Settlement, ct);
        await hospital.CheckEligibilityAsync(Cast.ShanghaiHospital, token, ct);
        var pre = await hospital.PreSettleAsync(Cast.ShanghaiHospital, token, LargeBill, ct);
        hospital.Explain(pre);
        var first = await hospital.SettleAsync(Cast.ShanghaiHospital, pre, wallet, ct);

        var secondPre = await hospital.PreSettleAsync(Cast.ShanghaiHospital, token, SecondBill, ct);
        var second = await hospital.SettleAsync(Cast.ShanghaiHospital, secondPre, wallet, ct);
        var reversal = await hospital.ReverseAsync(Cast.ShanghaiHospital, second, ct);

        var other = await activation.ActivateAsync(Citizens.WangFang, "alipay", SandboxUsers.WangFangAlipay, ct);
        var otherToken = await activation.PresentAsync(other, Cast.HebeiHospital, BusinessType.Settlement, ct);
        var samplePre = await hospital.PreSettleAsync(Cast.HebeiHospital, otherToken, SampleBill, ct);
        hospital.Explain(samplePre);
        var sample = await hospital.SettleAsync(Cast.HebeiHospital, samplePre, other, ct);

        await new RideSteps(cast, log).RideAsync(wallet, ct);
        await new BillSteps(cast, log).PayElectricityAsync(wallet, ct);

        var statements = await reconciliation.ReconcileAsync(ct);
        await reconciliation.ProveAsync([first, second, reversal, sample], statements, ct);
    }
}
