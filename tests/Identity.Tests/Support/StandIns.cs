using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Ecert.Kernel.Citizens;
using Ecert.Kernel.Identifiers;

namespace Ecert.Identity.Tests.Support;

/// <summary>A citizen of the tests.</summary>
internal sealed record Citizen(string Name, string Number)
{
    internal string Face => $"face of {Number}";
}

/// <summary>Knows the citizens it is told of, by name, number and face.</summary>
internal sealed class StandInAuthority : IRealNameAuthority
{
    private readonly Dictionary<string, Citizen> _known = [];

    internal bool IsAway { get; set; }
    internal int NamesAsked { get; private set; }
    internal int FacesAsked { get; private set; }

    internal void Know(Citizen citizen) => _known[citizen.Number] = citizen;

    public Task<RealNameOutcome> CheckNameAsync(string name, IdentityDocument document, CancellationToken ct)
    {
        NamesAsked++;
        return Answer(_known.TryGetValue(document.Number, out var citizen) && citizen.Name == name);
    }

    public Task<RealNameOutcome> CheckFaceAsync(
        string name, IdentityDocument document, string faceEvidence, CancellationToken ct)
    {
        FacesAsked++;
        return Answer(_known.TryGetValue(document.Number, out var citizen) && citizen.Face == faceEvidence);
    }

    private Task<RealNameOutcome> Answer(bool match) => Task.FromResult(
        IsAway ? RealNameOutcome.Unavailable : match ? RealNameOutcome.Match : RealNameOutcome.NoMatch);
}

/// <summary>Knows enrolments.</summary>
internal sealed class StandInPersonBase : IInsuredPersonBase
{
    private readonly Dictionary<string, PersonOutcome.Found> _known = [];

    internal void Know(Citizen citizen, params Enrolment[] enrolments) =>
        _known[citizen.Number] = new PersonOutcome.Found($"13010000{citizen.Number[^6..]}", enrolments);

    public Task<PersonOutcome> FindAsync(string name, IdentityDocument document, CancellationToken ct) =>
        Task.FromResult<PersonOutcome>(_known.TryGetValue(document.Number, out var found)
            ? found
            : new PersonOutcome.NotFound());

    internal static Enrolment Enrolled(string place, string scheme = "310", bool isActive = true) =>
        new(DivisionCode.Parse(place), scheme, "1101", isActive, Money.Zero);
}
