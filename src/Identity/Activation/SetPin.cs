namespace Ecert.Identity.Activation;

/// <summary>The third page: a PIN of six digits, entered twice.</summary>
internal sealed class SetPin(Pins pins)
{
    /// <summary>Handles the posted page.</summary>
    public Turn Handle(Posted posted)
    {
        var pin = posted.Form["pin"];
        return PinRules.Check(pin, posted.Form["pin_again"], posted.State.Request.User.DocumentNumber) switch
        {
            null => new Turn.Next(posted.State with { Step = ActivationStep.Consent, Pin = pins.Hash(pin!) }),
            PinFault.NotSixDigits => new Turn.Refused(posted.State, words => words.PinNotSixDigits),
            PinFault.Differs => new Turn.Refused(posted.State, words => words.PinDiffers),
            PinFault.InDocument => new Turn.Refused(posted.State, words => words.PinInDocument),
            _ => new Turn.Refused(posted.State, words => words.PinTooSimple),
        };
    }
}
