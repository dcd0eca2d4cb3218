using System.Diagnostics;

namespace Ecert.Interop.Tests;

/// <summary>For what becomes true on the server's side a moment after the client has its answer.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<bool> condition, string otherwise)
    {
        var started = Stopwatch.StartNew();
        while (!condition())
        {
            if (started.Elapsed > Limit)
                Assert.Fail($"After {Limit.TotalSeconds} s: {otherwise}.");
            await Task.Delay(20);
        }
    }
}
