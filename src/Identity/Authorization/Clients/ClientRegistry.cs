using Microsoft.IdentityModel.Tokens;

namespace Ecert.Identity.Authorization.Clients;

/// <summary>The clients of the options, checked once at start.</summary>
internal sealed class ClientRegistry
{
    private readonly Dictionary<string, Client> _clients = [];

    /// <exception cref="ArgumentException">A client is configured below the profile, or twice.</exception>
    public ClientRegistry(IdentityOptions options)
    {
        foreach (var client in options.Clients)
            Add(new Client.PaymentApp(Checked(client), new JsonWebKeySet(client.JsonWebKeySet).Keys.ToArray()));
        foreach (var institution in options.Institutions)
            Add(new Client.Institution(institution));
    }

    public Client? Find(string id) => _clients.GetValueOrDefault(id);

    public Client.PaymentApp? FindApp(string id) => Find(id) as Client.PaymentApp;

    private void Add(Client client)
    {
        if (!_clients.TryAdd(client.Id, client))
            throw new ArgumentException($"Client {client.Id} is configured twice.");
    }

    private static ClientOptions Checked(ClientOptions client)
    {
        if (!client.RequirePushedAuthorization)
            throw new ArgumentException($"Client {client.ClientId} must push its authorization requests.");
        if (!client.RequireDPoP)
            throw new ArgumentException($"Client {client.ClientId} must bind its tokens by DPoP.");
        foreach (var address in client.RedirectUris)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0)
                throw new ArgumentException($"A redirect address of client {client.ClientId} is not absolute.");
        }
        return client;
    }
}
