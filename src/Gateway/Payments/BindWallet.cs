using Ecert.Gateway.Edge;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Payments;

/// <summary>A citizen binds a payment agreement signed at a channel, so that rides may be charged to it.</summary>
internal sealed class BindWallet(
    IDbContextFactory<GatewayDb> databases, InsuredPersons persons, PersonalDataCipher cipher, TimeProvider clock)
{
    public async Task<BindWalletResponse> RunAsync(
        BindWalletRequest request, Caller.Citizen citizen, string operationId, CancellationToken ct)
    {
        new RequestChecks()
            .RequireText(request.CertificateId, "certificate_id", 64)
            .Require(request.Channel == PaymentChannel.Alipay, "channel",
                "PAYMENT_CHANNEL_ALIPAY: the other channel has no agreement that charges at once")
            .Require(request.AgreementNumber.Length is >= 8 and <= 64, "agreement_number",
                "required, 8 to 64 characters")
            .ThrowIfAny();
        var person = await persons.LoadAsync(citizen.Subject.Value, ct);
        if (person.CertificateId != request.CertificateId)
            throw RefusalCatalogue.CertificateNotFound.AsRefusal().ToException();
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.Set<WalletRow>().SingleOrDefaultAsync(wallet => wallet.Id == operationId, ct);
        if (row is null)
        {
            row = new WalletRow
            {
                Id = operationId, Subject = person.Subject, Channel = PaymentMessages.ToChannel(request.Channel),
                Agreement = cipher.Protect(request.AgreementNumber, Place(operationId)),
                LastFour = request.AgreementNumber[^4..], BoundAt = clock.GetUtcNow(),
            };
            db.Add(row);
            await db.SaveChangesAsync(ct);
        }
        return new BindWalletResponse { Wallet = ToMessage(row) };
    }

    /// <summary>What the agreement's number is encrypted for.</summary>
    public static string Place(string walletId) => $"wallet/{walletId}";

    /// <summary>A wallet as the contract carries it; of its number four characters show.</summary>
    public static Wallet ToMessage(WalletRow row) => new()
    {
        WalletId = row.Id, Channel = PaymentMessages.ToMessage(row.Channel), MaskedAccount = $"****{row.LastFour}",
        AgreementSigned = true, CreateTime = row.BoundAt.ToTimestamp(),
    };
}
