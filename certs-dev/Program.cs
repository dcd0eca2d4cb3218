using System.CommandLine;
using Ecert.CertsDev;

var folder = new Option<string>("--out")
{
    Description = "Where the chain lies or shall lie.",
    DefaultValueFactory = _ => DevelopmentChain.DefaultFolder(),
};
var force = new Option<bool>("--force") { Description = "Make it again even if the one there is good." };
var command = new RootCommand(
    "Makes the development trust chain: every key and certificate the whole system needs on one machine. "
    + "For development only; the keys lie in plain files that are never committed.")
{
    folder, force,
};
command.SetAction(arguments =>
{
    var chain = DevelopmentChain.Ensure(
        arguments.GetRequiredValue(folder), TimeProvider.System, arguments.GetValue(force));
    Console.WriteLine($"The development chain is in {chain.Folder}.");
});
return command.Parse(args).Invoke();
