using Ecert.Kernel;

namespace Ecert.Sandbox.RealName;

/// <summary>The register of persons, and the face captures that were taken. Under one lock.</summary>
internal sealed class RealNameBooks(RealNameOptions options, TimeProvider clock, RandomSource random)
{
    private static readonly TimeSpan TokenLives = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly List<RegisteredPerson> _persons = [.. options.Persons];
    private readonly Dictionary<string, (string DocumentNumber, DateTimeOffset Until)> _captures = [];

    /// <summary>Everybody in the register.</summary>
    public IReadOnlyList<RegisteredPerson> Persons()
    {
        lock (_lock)
            return [.. _persons];
    }

    /// <summary>Adds a person.</summary>
    public void Register(RegisteredPerson person)
    {
        lock (_lock)
            _persons.Add(person);
    }

    /// <summary>Whether name and document belong together.</summary>
    public bool Matches(RegisteredPerson person)
    {
        lock (_lock)
            return _persons.Contains(person);
    }

    /// <summary>A face is captured: the token stands for whoever was before the camera.</summary>
    /// <param name="documentNumber">The document of the person before the camera.</param>
    public string Capture(string documentNumber)
    {
        var token = "FACE" + Convert.ToHexStringLower(random.Bytes(20));
        lock (_lock)
            _captures[token] = (documentNumber, clock.GetUtcNow() + TokenLives);
        return token;
    }

    /// <summary>Whether the captured face is that of the document. A token is good for one check.</summary>
    public bool IsFaceOf(string token, string documentNumber)
    {
        lock (_lock)
            return _captures.Remove(token, out var capture)
                && clock.GetUtcNow() < capture.Until && capture.DocumentNumber == documentNumber;
    }
}
