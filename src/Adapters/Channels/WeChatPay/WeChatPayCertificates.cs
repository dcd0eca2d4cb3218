using System.Security.Cryptography;
using System.Text;
using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>
/// Downloads platform certificates: before the first call, when they grow old, and when an answer or a notification
/// names a serial not seen before. The first download cannot be verified with a key one does not have yet: it is
/// decrypted with the APIv3 key and then verified with the certificate it brought.
/// </summary>
internal sealed class WeChatPayCertificates(
    WeChatPayOptions options, CounterpartHttp http, WeChatPaySigner signer, WeChatPaySeal seal, WeChatPayKeys keys,
    TimeProvider time) : IDisposable
{
    private const string Path = "/v3/certificates";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly HashSet<string> _soughtInVain = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset _downloadedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _triedAt = DateTimeOffset.MinValue;
    private volatile bool _isWanted;

    /// <summary>A notification named a serial not known here: the next call downloads, at most once a minute.</summary>
    public void Want() => _isWanted = options.DownloadsCertificates;

    public async Task RefreshIfDueAsync(CancellationToken ct)
    {
        if (!options.DownloadsCertificates || !IsDue())
            return;
        await _gate.WaitAsync(ct);
        try
        {
            if (IsDue())
                await DownloadAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Looks for one serial; true when it is known now. A serial sought in vain is not sought again.</summary>
    public async Task<bool> FetchAsync(string serial, CancellationToken ct)
    {
        if (!options.DownloadsCertificates || serial.StartsWith(WeChatPayKey.PublicKeyPrefix, StringComparison.Ordinal))
            return false;
        await _gate.WaitAsync(ct);
        try
        {
            if (keys.Find(serial) is null && !_soughtInVain.Contains(serial))
                await DownloadAsync(ct);
            if (keys.Find(serial) is not null)
                return true;
            if (_soughtInVain.Count >= 1000)
                _soughtInVain.Clear();
            _soughtInVain.Add(serial);
            return false;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// With no key at all every call tries; otherwise a download that failed is not tried at every call.
    /// </summary>
    private bool IsDue()
    {
        var now = time.GetUtcNow();
        return keys.IsEmpty
            || (now - _triedAt >= Pause && (_isWanted || now - _downloadedAt >= options.CertificateRefresh));
    }

    private async Task DownloadAsync(CancellationToken ct)
    {
        _triedAt = time.GetUtcNow();
        var address = options.BaseAddress.Append(Path);
        var reply = await http.SendAsync(
            CallKind.Repeatable, () => WeChatPayRequests.Signed(signer, HttpMethod.Get, address, []), ct);
        if (reply is not CounterpartReply.Answered { IsSuccess: true } answer
            || !WireJson.TryRead<CertificatesWire>(answer.Body, out var wire))
            return;
        var downloaded = (wire.Data ?? []).Select(Read).OfType<VerificationKey>().DistinctBy(key => key.Id).ToList();
        var now = time.GetUtcNow();
        var candidates = new WeChatPayKeys(options.PlatformKeys);
        candidates.Replace(downloaded);
        if (downloaded.Count == 0 || candidates.Refusal(answer.Header, answer.Body, now) is not null)
            return;
        keys.Replace(downloaded);
        (_downloadedAt, _isWanted) = (now, false);
    }

    private VerificationKey? Read(CertificateWire wire)
    {
        if (wire.SerialNo is not { } serial || seal.Open(wire.EncryptCertificate) is not { } pem)
            return null;
        try
        {
            return VerificationKey.From(new WeChatPayKey(serial, Encoding.UTF8.GetString(pem)));
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    public void Dispose() => _gate.Dispose();
}
