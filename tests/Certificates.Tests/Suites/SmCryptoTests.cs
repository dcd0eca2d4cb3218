using System.Text.Json.Nodes;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Suites.Sm2Curve;
using Ecert.Kernel;

namespace Ecert.Certificates.Tests.Suites;

/// <summary>The npm package sm-crypto verifies what we sign, and we verify what it signs; SM3 beside it.</summary>
public sealed class SmCryptoTests
{
    private const int Rounds = 200;
    private readonly RandomSource _random = new SeededRandomSource(25519);

    [NodeFact]
    public async Task Sm_crypto_and_we_verify_each_other_on_random_keys_and_messages()
    {
        var messages = Enumerable.Range(0, Rounds).Select(round => _random.Bytes(1 + round)).ToArray();
        var cases = new JsonArray();
        foreach (var message in messages)
        {
            var key = new Sm2PrivateKey(Sm2PrivateKey.NewScalar(_random));
            cases.Add(new JsonObject
            {
                ["message"] = Hex(message),
                ["publicKey"] = Hex(key.PublicKey.ToPoint()),
                ["signature"] = Hex(key.Sign(message, _random)),
            });
        }
        var answers = await NodeReferee.RunAsync("signatures", new JsonObject { ["cases"] = cases });
        Assert.Equal(Rounds, answers.AsArray().Count);
        foreach (var (message, answer) in messages.Zip(answers.AsArray()))
        {
            Assert.True((bool)answer!["holds"]!);
            Assert.False((bool)answer["spoiltHolds"]!);
            Assert.Equal((string?)answer["digest"], Hex(Sm3.Hash(message)));
            var point = Convert.FromHexString((string)answer["publicKey"]!);
            var theirs = PublicKey.Create(SignatureSuite.Sm2, point.AsSpan(1, 32), point.AsSpan(33, 32));
            var signature = Convert.FromHexString((string)answer["signature"]!);
            Assert.True(theirs.Verify(message, signature));
            Assert.False(theirs.Verify([.. message, 0], signature));
        }
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
