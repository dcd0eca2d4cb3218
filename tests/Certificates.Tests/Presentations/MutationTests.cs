using Ecert.Certificates.Presentations;
using Ecert.Certificates.Suites;
using Ecert.Kernel;

namespace Ecert.Certificates.Tests.Presentations;

/// <summary>Seeded mutations of good presentations: whatever comes out is a verdict, and never a valid one.</summary>
public sealed class MutationTests
{
    private const int Rounds = 6000;
    private readonly SeededRandomSource _random = new(20260102);

    [Fact]
    public async Task No_mutation_of_the_bytes_is_valid_or_ends_in_an_exception()
    {
        var nation = new TestNation(SignatureSuite.Sm2);
        var context = await nation.ContextAsync();
        var text = await nation.PresentAsync();
        Assert.True(Base45.TryDecode(text.AsSpan(5), out var good));
        var seen = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var mutant = Mutate(good);
            if (mutant.AsSpan().SequenceEqual(good))
                continue;
            var verdict = PresentationVerifier.Verify("HEC1:" + Base45.Encode(mutant), context);
            Assert.False(verdict is Verdict.Valid, $"Round {round}: {Convert.ToHexString(mutant)}");
            seen.Add(verdict.Code);
        }
        Assert.Contains("MALFORMED", seen);
        Assert.True(seen.Count >= 3, string.Join(' ', seen));
    }

    [Fact]
    public async Task No_text_at_all_ends_in_an_exception_or_costs_much_memory()
    {
        var context = await new TestNation(SignatureSuite.Es256).ContextAsync();
        const string characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            var noise = string.Concat(_random.Bytes(Number(80)).Select(value => characters[value % characters.Length]));
            Assert.IsType<Verdict.Malformed>(PresentationVerifier.Verify("HEC1:" + noise, context));
        }
        var perText = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
        Assert.True(perText < 32_768, $"{perText} bytes a text");
    }

    /// <summary>One to three edits: a byte set, a bit flipped, bytes cut, bytes put in, a piece repeated.</summary>
    private byte[] Mutate(byte[] good)
    {
        var bytes = good.ToList();
        for (var edits = 1 + Number(3); edits > 0; edits--)
        {
            var at = Number(bytes.Count);
            switch (Number(5))
            {
                case 0: bytes[at] = (byte)Number(256); break;
                case 1: bytes[at] ^= (byte)(1 << Number(8)); break;
                case 2: bytes.RemoveRange(at, Math.Min(1 + Number(4), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, _random.Bytes(1 + Number(4))); break;
                default: bytes.InsertRange(at, bytes.Skip(at).Take(1 + Number(40)).ToList()); break;
            }
            if (bytes.Count == 0)
                bytes.Add(0);
        }
        return [.. bytes];
    }

    private int Number(int below) => (_random.Bytes(1)[0] << 8 | _random.Bytes(1)[0]) % below;
}
