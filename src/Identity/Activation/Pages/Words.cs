using Microsoft.Net.Http.Headers;

namespace Ecert.Identity.Activation.Pages;

/// <summary>Every sentence of the pages in one language. A refusal says what to do next.</summary>
internal sealed partial record Words
{
    public required string Language { get; init; }
    public required string OtherLanguage { get; init; }
    public required string OtherLanguageName { get; init; }
    public required string Title { get; init; }
    public required Func<int, string> StepOfFour { get; init; }
    public required string Continue { get; init; }
    public required string Cancel { get; init; }

    public required string IdentityHeading { get; init; }
    public required string IdentityLead { get; init; }
    public required string Name { get; init; }
    public required string DocumentNumber { get; init; }
    public required string FaceEvidence { get; init; }
    public required string FaceHint { get; init; }
    public required string FaceMissing { get; init; }
    public required string NotConfirmed { get; init; }
    public required string TooManyAttempts { get; init; }
    public required string AuthorityAway { get; init; }
    public required string NotInsured { get; init; }

    public required string PlaceHeading { get; init; }
    public required string PlaceLead { get; init; }
    public required string NotServedYet { get; init; }
    public required string PlaceMissing { get; init; }
    public required string PlaceNotServed { get; init; }
    public required Func<string, string> Scheme { get; init; }
    public required Func<string, string> Province { get; init; }

    public required string PinHeading { get; init; }
    public required string PinLead { get; init; }
    public required string Pin { get; init; }
    public required string PinAgain { get; init; }
    public required string PinNotSixDigits { get; init; }
    public required string PinDiffers { get; init; }
    public required string PinTooSimple { get; init; }
    public required string PinInDocument { get; init; }

    public required string ConsentHeading { get; init; }
    public required Func<string, string> ConsentLead { get; init; }
    public required IReadOnlyList<string> Shared { get; init; }
    public required string NotShared { get; init; }
    public required string ConsentBox { get; init; }
    public required string ConsentMissing { get; init; }
    public required string Activate { get; init; }

    public required string StopHeading { get; init; }
    public required string RequestNotGood { get; init; }
    public required string SessionGone { get; init; }
    public required string FormNotGenuine { get; init; }
    public required string Failed { get; init; }

    /// <summary>
    /// The language of a page: the <c>lang</c> parameter, else what the app said of its user (<c>ui_locales</c>), else
    /// what the browser asks for, else Chinese.
    /// </summary>
    public static Words For(HttpRequest request, string? uiLocales = null)
    {
        if (Named(request.Query["lang"].ToString()) is { } chosen)
            return chosen;
        foreach (var locale in (uiLocales ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Named(locale) is { } stated)
                return stated;
        }
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted))
            return Chinese;
        return wanted.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Named(language.Value.ToString()))
            .FirstOrDefault(words => words is not null) ?? Chinese;
    }

    private static Words? Named(string tag) => tag switch
    {
        _ when tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) => Chinese,
        _ when tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) => English,
        _ => null,
    };
}
