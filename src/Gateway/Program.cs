using Ecert.Adapters.Configuration;
using Ecert.Gateway;
using Ecert.Gateway.Configuration;
using Ecert.Kernel;

if (args is ["--help" or "-h"] or [])
{
    Console.WriteLine("""
        Ecert Gateway: the gRPC door of the health-insurance e-certificate.

          Ecert.Gateway <configuration.json>

        The file holds the sections Gateway and Counterparts; deploy/gateway.json shows every setting. Each
        may also come from the environment, such as ECERT__Gateway__Issuer. Keys and certificates are named
        as files. Ends with 2 when the configuration has faults, all of which are listed.
        To try the whole system: dotnet run --project src/Standalone.
        """);
    return args.Length == 0 ? 2 : 0;
}

var configuration = new ConfigurationBuilder()
    .AddJsonFile(Path.GetFullPath(args[0]), optional: false).AddEnvironmentVariables("ECERT__").Build();
var settings = new Settings(configuration, "", []);
var options = GatewayConfiguration.Read(settings.Section("Gateway"));
var ports = CounterpartConfiguration.Read(settings.Section("Counterparts"), TimeProvider.System);
if (settings.Faults.Count == 0)
{
    await GatewayHost.Create(options, ports, TimeProvider.System, RandomSource.System).RunAsync();
    return 0;
}
foreach (var fault in settings.Faults)
    Console.Error.WriteLine(fault);
return 2;
