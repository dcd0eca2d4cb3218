using Ecert.Adapters.Configuration;
using Ecert.Identity.Configuration;
using Microsoft.Extensions.Configuration;

namespace Ecert.Identity.Tests.Configuration;

/// <summary>The example in deploy/, without its files.</summary>
public sealed class IdentityConfigurationTests
{
    [Fact]
    public void Every_missing_file_of_the_example_is_listed_at_once_and_nothing_else()
    {
        var settings = new Settings(
            new ConfigurationBuilder().AddJsonFile(Path.Combine(Root(), "deploy", "identity.json")).Build(), "", []);

        IdentityConfiguration.Read(settings, TimeProvider.System);

        Assert.Equal(15, settings.Faults.Count);
        Assert.All(settings.Faults, fault => Assert.Contains("keys", fault));
    }

    [Fact]
    public void Endpoint_without_a_port_is_refused_by_name()
    {
        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Identity:HttpsEndpoint"] = "0.0.0.0" }).Build(), "", []);

        IdentityConfiguration.Read(settings, TimeProvider.System);

        Assert.Contains(settings.Faults, fault => fault.StartsWith("Identity:HttpsEndpoint is no address with a port"));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Gateway.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
