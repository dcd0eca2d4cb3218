using System.CommandLine;
using Ecert.Standalone;

var once = new Option<bool>(
    "--once") { Description = "End after the journey: exit code 0 when every step held, 1 otherwise." };
var data = new Option<string?>("--data")
{
    Description = "Keep databases and log in this folder, which must be empty or new. Default: a "
        + "temporary folder that is removed.",
};
var ports = new Option<int>("--ports")
{
    Description = "First of five neighbouring ports on loopback; 0 takes any that are free.",
    DefaultValueFactory = result => 7400,
};
var verbose = new Option<bool>("--verbose") { Description = "Print every part's log, too." };

var command = new RootCommand(
    "Ecert Gateway, whole, in one process on loopback: starts Identity, Gateway and Sandbox, "
    + "and runs a citizen's journey through them.")
{
    once, data, ports, verbose,
};
command.SetAction((arguments, ct) => StandaloneRun.RunAsync(new StandaloneOptions(
    arguments.GetValue(once), arguments.GetValue(data), arguments.GetValue(ports), arguments.GetValue(verbose)), ct));
return await command.Parse(args).InvokeAsync();
