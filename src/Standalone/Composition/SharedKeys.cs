using Ecert.Kernel;

namespace Ecert.Standalone.Composition;

/// <summary>What two sides share and nobody keeps: made anew at every start.</summary>
/// <param name="AgencyKey">The biller interface's HMAC key.</param>
internal sealed record SharedKeys(string AgencyKey)
{
    public static SharedKeys New(RandomSource random) => new(Convert.ToHexStringLower(random.Bytes(32)));
}
