using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.ProvincialCore;

/// <summary>The sign-in numbers handed out, with the institution each was handed to.</summary>
internal sealed class SignedInDesks
{
    private readonly ConcurrentDictionary<string, string> _institutions = new();

    /// <summary>Remembers a number.</summary>
    public void Add(string number, string institution) => _institutions[number] = institution;

    /// <summary>Whether a message may carry its sign-in number: it needs none, but a wrong one is refused.</summary>
    public bool Accepts(MessageHead head) => head.SignInNumber is null
        || (_institutions.TryGetValue(head.SignInNumber, out var institution) && institution == head.Institution);
}

/// <summary>9001: a clerk or terminal signs in.</summary>
internal sealed class SignIn9001(SignedInDesks desks, TimeProvider clock, RandomSource random) : Transaction
{
    /// <inheritdoc/>
    public override string Number => "9001";

    /// <inheritdoc/>
    public override string Service => "signInSignOutService/signIn";

    /// <inheritdoc/>
    public override TransactionAnswer Do(MessageHead head, JsonObject input)
    {
        if (input.Child("signIn") is not { } signIn)
            return new TransactionAnswer.Refused("input缺少节点signIn");
        foreach (var name in (string[])["opter_no", "mac", "ip"])
        {
            if (signIn.Text(name) is not { Length: > 0 and <= 20 })
                return new TransactionAnswer.Refused($"signIn.{name}不能为空且长度不超过20");
        }
        var number = random.Digits(20);
        desks.Add(number, head.Institution);
        return new TransactionAnswer.Done(new JsonObject
        {
            ["signinoutb"] = new JsonObject { ["sign_time"] = clock.GetUtcNow().Plain(), ["sign_no"] = number },
        });
    }
}
