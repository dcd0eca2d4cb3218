using Ecert.Kernel;
using Ecert.Sandbox;
using Ecert.Sandbox.Development;

// Stands alone: --urls (default http://127.0.0.1:8090, several parted by ;) and --keys (a folder that gets the keys on
// first use), or SANDBOX_URLS and SANDBOX_KEYS.
var settings = new ConfigurationBuilder()
    .AddEnvironmentVariables("SANDBOX_")
    .AddCommandLine(args)
    .Build();
var parties = KeyFolder.OpenOrCreate(settings["keys"] ?? "sandbox-keys", TimeProvider.System, RandomSource.System);
var urls = (settings["urls"] ?? "http://127.0.0.1:8090").Split(';');
var app = SandboxHost.Create(
    parties.ToOptions(urls), TimeProvider.System, RandomSource.System, logging => logging.AddSimpleConsole());
await app.RunAsync();
