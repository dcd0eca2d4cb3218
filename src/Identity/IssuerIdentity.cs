using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Ecert.Identity;

/// <summary>The issuer identifier and the addresses that follow from it.</summary>
internal sealed class IssuerIdentity(IdentityOptions options, IServer server)
{
    /// <summary>The identifier, without a slash at its end.</summary>
    public string Value => (options.Issuer?.AbsoluteUri ?? Bound("https://")).TrimEnd('/');

    /// <summary>Where browsers find the pages: the plain http address in development, else the issuer's own.</summary>
    public string BrowserBase => options.BrowserEndpoint is null ? Value : Bound("http://").TrimEnd('/');

    /// <summary>The address of a path under the issuer.</summary>
    public string At(string path) => Value + path;

    /// <summary>The address of a path for browsers.</summary>
    public string BrowserAt(string path) => BrowserBase + path;

    private string Bound(string scheme) =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address =>
            address.StartsWith(scheme, StringComparison.Ordinal))
        ?? throw new InvalidOperationException("The issuer is known once the server listens.");
}
