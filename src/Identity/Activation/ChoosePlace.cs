using Ecert.Kernel.Identifiers;

namespace Ecert.Identity.Activation;

/// <summary>The second page: the insured place, among those whose province issues certificates here.</summary>
internal sealed class ChoosePlace(IdentityOptions options)
{
    /// <summary>Whether the place's province has an issuer profile.</summary>
    public bool IsServed(InsuredPlace place) => DivisionCode.TryParse(place.Division, out var division)
        && options.Provinces.Any(province => province.Division == division.Province);

    /// <summary>Handles the posted page.</summary>
    public Turn Handle(Posted posted)
    {
        var chosen = posted.State.Places.FirstOrDefault(place => place.Key == posted.Form["place"]);
        if (chosen is null)
            return new Turn.Refused(posted.State, words => words.PlaceMissing);
        return IsServed(chosen)
            ? new Turn.Next(posted.State with { Step = ActivationStep.Pin, ChosenPlace = chosen })
            : new Turn.Refused(posted.State, words => words.PlaceNotServed);
    }
}
