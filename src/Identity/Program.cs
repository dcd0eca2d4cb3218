using Ecert.Adapters.Configuration;
using Ecert.Identity;
using Ecert.Identity.Configuration;
using Ecert.Kernel;

if (args is ["--help" or "-h"] or [])
{
    Console.WriteLine("""
        Ecert Identity: authorization server, activation, and issuer of e-certificates.

          Ecert.Identity <configuration.json>

        The file holds the sections Identity and Counterparts; deploy/identity.json shows every setting. Each
        may also come from the environment, such as ECERT__Identity__Issuer. Keys and certificates are named
        as files. Ends with 2 when the configuration has faults, all of which are listed.
        To try the whole system: dotnet run --project src/Standalone.
        """);
    return args.Length == 0 ? 2 : 0;
}

var configuration = new ConfigurationBuilder()
    .AddJsonFile(Path.GetFullPath(args[0]), optional: false).AddEnvironmentVariables("ECERT__").Build();
var settings = new Settings(configuration, "", []);
var options = IdentityConfiguration.Read(settings, TimeProvider.System);
if (settings.Faults.Count == 0)
{
    await IdentityHost.Create(options, TimeProvider.System, RandomSource.System).RunAsync();
    return 0;
}
foreach (var fault in settings.Faults)
    Console.Error.WriteLine(fault);
return 2;
