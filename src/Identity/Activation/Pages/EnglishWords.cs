namespace Ecert.Identity.Activation.Pages;

internal sealed partial record Words
{
    /// <summary>English.</summary>
    public static Words English { get; } = new()
    {
        Language = "en",
        OtherLanguage = "zh-CN",
        OtherLanguageName = "中文",
        Title = "Activate your health-insurance e-certificate",
        StepOfFour = step => $"Step {step} of 4",
        Continue = "Continue",
        Cancel = "Not now",
        IdentityHeading = "Confirm that it is you",
        IdentityLead = "Please check your details and complete the face check.",
        Name = "Name",
        DocumentNumber = "Document number",
        FaceEvidence = "Face check reference",
        FaceHint = "Your app fills this in after the face scan. If it is empty, go back to the app and scan again.",
        FaceMissing = "There is no face check yet. Go back to the app, complete the face scan, then continue.",
        NotConfirmed = "We could not confirm your identity. Check the name and document number in the app, scan your "
            + "face again in good light, or take your document to a health-insurance service desk.",
        TooManyAttempts = "Too many attempts. Start again from the app, or take your document to a health-insurance "
            + "service desk.",
        AuthorityAway = "The check is not available right now. Nothing you entered is lost: choose Continue again in "
            + "a moment.",
        NotInsured = "We found no active insurance for you. Ask your employer or the local health-insurance office to "
            + "confirm your enrolment, then come back.",
        PlaceHeading = "Choose your insured place",
        PlaceLead = "The certificate is issued by the province you are insured in.",
        NotServedYet = "(not open in this province yet)",
        PlaceMissing = "Choose one insured place.",
        PlaceNotServed = "This province does not issue e-certificates yet. Choose another place, or come back later.",
        Scheme = scheme => scheme switch
        {
            "310" => "Basic medical insurance for employees",
            "390" => "Basic medical insurance for residents",
            "340" => "Medical care for retired veterans",
            _ => $"Scheme {scheme}",
        },
        Province = code => Provinces.English(code),
        PinHeading = "Set a 6-digit PIN",
        PinLead = "You use it when you pay. Avoid birthdays, runs and repeated digits.",
        Pin = "6-digit PIN",
        PinAgain = "The same PIN again",
        PinNotSixDigits = "The PIN must be 6 digits. Enter it twice again.",
        PinDiffers = "The two entries differ. Enter the PIN twice again.",
        PinTooSimple = "This PIN is too easy to guess. Avoid runs, repeats and mirrored digits, and enter it "
            + "twice again.",
        PinInDocument = "The PIN must not be part of your document number, such as your birthday. Choose another and "
            + "enter it twice.",
        ConsentHeading = "Allow access",
        ConsentLead = app => $"If you agree, {app} may:",
        Shared =
        [
            "show your health-insurance e-certificate", "look up your insured place and scheme",
            "start insurance payments that you confirm",
        ],
        NotShared = "Your PIN, face and medical records are not shared. You can unbind at any time.",
        ConsentBox = "I have read this and agree",
        ConsentMissing = "Tick the box to activate, or choose Not now if you do not agree.",
        Activate = "Agree and activate",
        StopHeading = "This cannot continue",
        RequestNotGood = "This activation link was used before, has expired, or is not right. Start again from "
            + "the app.",
        SessionGone = "The activation has ended or timed out. Start again from the app.",
        FormNotGenuine = "This page is out of date; to protect you nothing was sent. Start again from the app.",
        Failed = "Something failed on our side and nothing was done. Start again from the app in a moment.",
    };
}
