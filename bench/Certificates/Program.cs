using System.Globalization;
using Ecert.Bench.Certificates;

var slice = TimeSpan.FromMilliseconds(args.Contains("--full") ? 1000 : 150);
Console.WriteLine(
    $"Reference: {LibCrypto.Version} by P/Invoke, and .NET's own P-256; each in turns with ours on one thread.");
foreach (var (name, subject, reference) in await Subjects.MakeAsync())
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"ratio {name} {Rounds.Ratio(subject, reference, slice):0.00}"));
