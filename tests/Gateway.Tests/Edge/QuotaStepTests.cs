using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;

namespace Ecert.Gateway.Tests.Edge;

public sealed class QuotaStepTests
{
    [Fact]
    public async Task Party_past_its_burst_is_refused_and_the_others_are_not()
    {
        await using var gateway = await TestGateway.StartAsync(options => options with { CallsPerSecondPerParty = 1 });
        var step = gateway.Get<QuotaStep>();
        await step.EnterAsync(EdgeCalls.Call("/m", caller: People.Hospital));
        await step.EnterAsync(EdgeCalls.Call("/m", caller: People.Hospital));

        // A token comes back every second: of so many, most find none.
        var refused = 0;
        for (var call = 0; call < 20; call++)
            refused += await IsRefusedAsync(step, People.Hospital) ? 1 : 0;

        Assert.InRange(refused, 10, 20);
        await step.EnterAsync(EdgeCalls.Call("/m", caller: People.OtherHospital));
        await step.EnterAsync(EdgeCalls.Call("/m", caller: People.Citizen));
    }

    private static async Task<bool> IsRefusedAsync(QuotaStep step, Caller caller)
    {
        try
        {
            await step.EnterAsync(EdgeCalls.Call("/m", caller: caller));
            return false;
        }
        catch (RefusedException refused)
        {
            Assert.Equal(RefusalCatalogue.QuotaExceeded.Code, refused.Refusal.Reason.Code);
            return true;
        }
    }
}
