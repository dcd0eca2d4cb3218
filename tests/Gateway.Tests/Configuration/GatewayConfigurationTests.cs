using Ecert.Adapters.Configuration;
using Ecert.Gateway.Configuration;
using Ecert.Kernel;
using Microsoft.Extensions.Configuration;

namespace Ecert.Gateway.Tests.Configuration;

/// <summary>The example in deploy/, with its files and without.</summary>
public sealed class GatewayConfigurationTests
{
    [Fact]
    public void Every_missing_file_of_the_example_is_listed_at_once()
    {
        var settings = Read(Path.Combine(Root(), "deploy", "gateway.json"));

        GatewayConfiguration.Read(settings.Section("Gateway"));

        Assert.Equal(7, settings.Faults.Count);
        Assert.All(settings.Faults, fault => Assert.StartsWith("Gateway:", fault));
    }

    [Fact]
    public void Empty_configuration_names_what_is_not_set()
    {
        var settings = new Settings(new ConfigurationBuilder().Build(), "", []);

        GatewayConfiguration.Read(settings.Section("Gateway"));

        Assert.Contains("Gateway:Issuer is not set.", settings.Faults);
        Assert.Contains("Gateway:ServerCertificate is not set.", settings.Faults);
    }

    [Fact]
    public void Unknown_institution_kind_is_refused_by_name()
    {
        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Institutions:0:Id"] = "H31010000001", ["Gateway:Institutions:0:Kind"] = "Clinic",
        }).Build(), "", []);

        GatewayConfiguration.Read(settings.Section("Gateway"));

        Assert.Contains(settings.Faults, fault => fault.StartsWith("Gateway:Institutions:0:Kind is none of Hospital"));
    }

    [Fact]
    public void Key_of_another_length_is_refused()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Convert.ToHexString(RandomSource.System.Bytes(16)));
            var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection(
                new Dictionary<string, string?> { ["PersonalDataKey"] = path }).Build(), "", []);

            settings.Key("PersonalDataKey", 32);

            Assert.Equal(["PersonalDataKey holds 16 bytes, not 32."], settings.Faults);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Settings Read(string path) => new(new ConfigurationBuilder().AddJsonFile(path).Build(), "", []);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Gateway.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
