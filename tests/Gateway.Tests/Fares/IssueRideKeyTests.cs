using Ecert.Certificates.RideCodes;
using Ecert.Gateway.Fares;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf;
using SignatureSuite = Ecert.Certificates.Suites.SignatureSuite;

namespace Ecert.Gateway.Tests.Fares;

public sealed class IssueRideKeyTests
{
    [Fact]
    public async Task The_phone_makes_codes_that_an_offline_gate_opens_for()
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();

        var verdict = RideCodeVerifier.Verify(await phone.CodeAsync(), new RideContext
        {
            Now = world.Now, AuthorityKeys = world.Options.RideKeys!.AuthorityKeys, IsBlacklisted = _ => false,
            Spend = (_, _) => true,
        });

        var rights = Assert.IsType<RideVerdict.Open>(verdict).Code.Rights;
        Assert.Equal(phone.Issued.RideKeyId, rights.AccountNumber);
        Assert.Equal(16, rights.AccountNumber.Length);
        Assert.Equal((60, 2_000), (phone.Issued.CodeValiditySeconds, phone.Issued.RideCeilingFen));
        Assert.Equal(phone.Issued.ExpireTime.ToDateTimeOffset(), rights.ExpiresAt);
    }

    [Fact]
    public async Task The_same_operation_taken_up_again_is_the_same_key()
    {
        await using var world = await FareWorld.CreateAsync();
        var request = await FareWorld.RequestAsync(SignatureSuite.Sm2.GenerateKey());

        var first = await IssueAsync(world, request, "OPERATION");
        var second = await IssueAsync(world, request, "OPERATION");

        Assert.Equal(first.RideKeyId, second.RideKeyId);
    }

    [Fact]
    public async Task Every_fault_is_listed()
    {
        await using var world = await FareWorld.CreateAsync();

        var refusal = await RefusalAsync(world, new IssueRideKeyRequest
        {
            RequestId = "issue-1", RiderPublicKey = ByteString.CopyFrom(new byte[33]),
        });

        Assert.Equal(
            ["certificate_id", "rider_public_key", "proof_of_possession", "wallet_id"],
            refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task A_proof_of_another_request_another_wallet_and_another_certificate_are_refused()
    {
        await using var world = await FareWorld.CreateAsync();
        var request = await FareWorld.RequestAsync(SignatureSuite.Sm2.GenerateKey());

        Assert.Equal(RefusalCatalogue.ProofOfPossessionInvalid,
            (await RefusalAsync(world, new IssueRideKeyRequest(request) { RequestId = "issue-2" })).Reason);
        Assert.Equal(RefusalCatalogue.WalletNotFound,
            (await RefusalAsync(world, new IssueRideKeyRequest(request) { WalletId = "someone-elses" })).Reason);
        Assert.Equal(RefusalCatalogue.CertificateNotFound,
            (await RefusalAsync(world, new IssueRideKeyRequest(request) { CertificateId = "someone-elses" })).Reason);
    }

    [Fact]
    public async Task Without_an_issuer_it_says_so()
    {
        await using var world = await FareWorld.CreateAsync(withRideKeys: false);

        var refusal = await RefusalAsync(world, await FareWorld.RequestAsync(SignatureSuite.Sm2.GenerateKey()));

        Assert.Equal(RefusalCatalogue.VerbNotOffered, refusal.Reason);
    }

    [Fact]
    public async Task A_rider_who_owes_a_fare_gets_no_new_key()
    {
        await using var world = await FareWorld.CreateAsync();
        world.RefuseCharges();
        var phone = await world.NewPhoneAsync();
        await world.InAsync(await phone.CodeAsync());
        await world.OutAsync(await phone.CodeAsync(1));
        await world.SweepAsync();

        var refusal = await RefusalAsync(world, await FareWorld.RequestAsync(SignatureSuite.Sm2.GenerateKey()));

        Assert.Equal(RefusalCatalogue.RiderBlocked, refusal.Reason);
    }

    private static Task<IssueRideKeyResponse> IssueAsync(
        FareWorld world, IssueRideKeyRequest request, string operation) =>
        world.Get<IssueRideKey>().RunAsync(request, world.Rider, operation, CancellationToken.None);

    private static async Task<Refusal> RefusalAsync(FareWorld world, IssueRideKeyRequest request) =>
        (await Assert.ThrowsAsync<RefusedException>(() => IssueAsync(world, request, world.NewOperation()))).Refusal;
}
