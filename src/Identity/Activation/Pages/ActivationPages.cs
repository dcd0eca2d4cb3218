namespace Ecert.Identity.Activation.Pages;

/// <summary>What a page shows besides the state.</summary>
/// <param name="Words">The language.</param>
/// <param name="FormToken">Proves that a post comes from a page of ours.</param>
/// <param name="Refusal">Why the last post was refused; null at first.</param>
/// <param name="Typed">Fields as they were typed, so that nothing is lost.</param>
internal sealed record PageContext(Words Words, string FormToken, string? Refusal, Func<string, string?> Typed);

/// <summary>The four pages of an activation. Pure.</summary>
internal static class ActivationPages
{
    /// <summary>The page for the step the activation stands at.</summary>
    public static Markup For(
        ActivationState state, string clientName, Func<InsuredPlace, bool> isServed, PageContext page) =>
        state.Step switch
        {
            ActivationStep.Identity => Identity(state, page),
            ActivationStep.Place => Place(state, isServed, page),
            ActivationStep.Pin => Pin(page),
            _ => Consent(clientName, page),
        };

    /// <summary>A page without a way on, saying what to do.</summary>
    public static Markup Stop(Words words, string why, string? code = null) => Markup.Of($"""
        <h1>{words.StopHeading}</h1>
        {Alert(why)}
        {(code is null ? Markup.Empty : Markup.Of($"<p class=\"code\">{code}</p>"))}
        """);

    private static Markup Identity(ActivationState state, PageContext page)
    {
        var (words, user) = (page.Words, state.Request.User);
        var fields = Markup.Of($"""
            <dl>
            <dt>{words.Name}</dt><dd>{user.Name}</dd>
            <dt>{words.DocumentNumber}</dt><dd>{Masked(user.DocumentNumber)}</dd>
            </dl>
            <label for="face_evidence">{words.FaceEvidence}</label>
            <input id="face_evidence" name="face_evidence" value="{page.Typed("face_evidence") ?? user.FaceEvidence}"
             required maxlength="4000" autocomplete="off" aria-describedby="face_hint">
            <p id="face_hint" class="hint">{words.FaceHint}</p>
            """);
        return Step(page, 1, "identity", words.IdentityHeading, words.IdentityLead, fields, words.Continue);
    }

    private static Markup Place(ActivationState state, Func<InsuredPlace, bool> isServed, PageContext page)
    {
        var words = page.Words;
        var chosen = page.Typed("place") ?? state.Places.FirstOrDefault(isServed)?.Key;
        var choices = Markup.Join(state.Places.Select(place => Markup.Of($"""
            <label class="choice"><input type="radio" name="place" value="{place.Key}" required
            {Flag(place.Key == chosen, " checked")}{Flag(!isServed(place), " disabled")}>
            <span>{words.Province(place.Division)} {place.Division}<br>{words.Scheme(place.Scheme)}
            {(isServed(place) ? "" : words.NotServedYet)}</span></label>
            """)));
        var fields = Markup.Of($"<fieldset><legend>{words.PlaceHeading}</legend>{choices}</fieldset>");
        return Step(page, 2, "place", words.PlaceHeading, words.PlaceLead, fields, words.Continue);
    }

    private static Markup Pin(PageContext page)
    {
        var words = page.Words;
        var fields = Markup.Of($"""
            {PinInput("pin", words.Pin)}
            {PinInput("pin_again", words.PinAgain)}
            """);
        return Step(page, 3, "pin", words.PinHeading, words.PinLead, fields, words.Continue);
    }

    private static Markup Consent(string clientName, PageContext page)
    {
        var words = page.Words;
        var shared = Markup.Join(words.Shared.Select(line => Markup.Of($"<li>{line}</li>")));
        var fields = Markup.Of($"""
            <ul>{shared}</ul>
            <p>{words.NotShared}</p>
            <label class="choice"><input type="checkbox" name="consent" value="yes" required>
            <span>{words.ConsentBox}</span></label>
            """);
        return Step(page, 4, "consent", words.ConsentHeading, words.ConsentLead(clientName), fields, words.Activate);
    }

    private static Markup Step(
        PageContext page, int number, string path, string heading, string lead, Markup fields, string button) =>
        Markup.Of($"""
            <p class="step">{page.Words.StepOfFour(number)}</p>
            <h1>{heading}</h1>
            {(page.Refusal is null ? Markup.Empty : Alert(page.Refusal))}
            <p>{lead}</p>
            <form method="post" action="/activation/{path}?lang={page.Words.Language}">
            <input type="hidden" name="form_token" value="{page.FormToken}">
            {fields}
            <button type="submit">{button}</button>
            </form>
            <form method="post" action="/activation/cancel?lang={page.Words.Language}">
            <input type="hidden" name="form_token" value="{page.FormToken}">
            <button type="submit" class="quiet">{page.Words.Cancel}</button>
            </form>
            """);

    private static Markup Alert(string why) => Markup.Of($"""<p role="alert" class="refusal">{why}</p>""");

    private static Markup PinInput(string name, string label) => Markup.Of($"""
        <label for="{name}">{label}</label>
        <input id="{name}" name="{name}" type="password" inputmode="numeric" pattern="[0-9]{Markup.Of($"{{6}}")}"
         minlength="6" maxlength="6" required autocomplete="new-password">
        """);

    private static Markup Flag(bool holds, string attribute) => holds ? Markup.Of($"{attribute}") : Markup.Empty;

    // Enough for its owner to know it, too little for a look over the shoulder.
    private static string Masked(string number) =>
        string.Concat(number.AsSpan(0, 2), new string('*', number.Length - 4), number.AsSpan(number.Length - 2));
}
