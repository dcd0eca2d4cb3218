namespace Ecert.Standalone.Journey.Actors;

/// <summary>
/// An access token bound to the app's device key; renewed by its refresh token, which each use replaces.
/// </summary>
internal sealed class DPoPToken(string accessToken, string refreshToken, PaymentApp app)
{
    private string _refreshToken = refreshToken;

    public string AccessToken { get; private set; } = accessToken;

    /// <summary>A proof for one call.</summary>
    public string Prove(string address) => app.Prove(address, AccessToken);

    /// <summary>Takes a fresh access token.</summary>
    public async Task RenewAsync(CancellationToken ct) =>
        (AccessToken, _refreshToken) = await app.RefreshAsync(_refreshToken, ct);
}
