using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Ecert.Certificates.Presentations;
using Ecert.Kernel;

namespace Ecert.Verifier;

/// <summary>The command line of <c>ecert-verify</c>.</summary>
internal sealed class VerifyCommand
{
    private const string Description =
        """
        Tells whether an e-certificate that was shown as a QR code holds, with no network.

        Takes the text a scanner reads from the QR code (HEC1:…), as an argument or as lines on the standard input, and
        prints one verdict a line. Instead of the text it takes a picture of the code: a PNG file with one QR code in
        it, such as a screenshot or a scan, turned however it may be.

        Exit codes:
          0   every presentation is valid
          1   at least one was refused
          2   none was refused, and at least one can be decided online only
          3   the root, the trust list or a status list cannot be used; nothing was verified
          4   the picture holds no QR code that can be read; nothing was verified
          64  the command line is wrong
        """;

    private readonly Argument<string?> _text = new("presentation")
    {
        Description = "The text of the QR code, or the path of a picture, ending in .png (no code's text ends so: "
            + "it has capitals only). Without it and without --picture, every line of the standard input is a text.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<FileInfo?> _picture = new("--picture")
    {
        Description = "A PNG picture of the QR code, of any name.",
    };

    private readonly Option<FileInfo> _root = new("--root")
    {
        Description = "The pinned national root: an X.509 certificate, PEM or DER.", Required = true,
    };

    private readonly Option<FileInfo> _trust = new("--trust")
    {
        Description = "The signed trust list.", Required = true,
    };

    private readonly Option<FileInfo[]> _status = new("--status")
    {
        Description = "A signed status list; may be given several times. Without one, nothing is known of revocations "
            + "and every otherwise valid presentation must go online.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<AudienceKind> _audience = new("--audience")
    {
        Description = "What kind of place this is.", DefaultValueFactory = _ => AudienceKind.Medical,
    };

    private readonly Option<Money?> _amount = new("--amount")
    {
        Description = "What is about to be charged, in yuan (12.50).", CustomParser = ParseAmount,
    };

    private readonly Option<DateTimeOffset?> _now = new("--now")
    {
        Description = "Verify as of this time (2026-11-02T09:00:00+08:00) instead of the clock's.",
        CustomParser = ParseTime,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object a line." };

    internal static int Run(string[] args, TextReader input, TextWriter output, TextWriter errors, TimeProvider time)
    {
        var command = new VerifyCommand();
        var root = command.Define();
        root.SetAction(arguments => (int)command.Verify(arguments, input, output, errors, time));
        var parsed = root.Parse(args);
        var code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return parsed.Action is ParseErrorAction ? (int)ExitCode.Usage : code;
    }

    private RootCommand Define()
    {
        var root = new RootCommand(Description)
        {
            _text, _picture, _root, _trust, _status, _audience, _amount, _now, _json,
        };
        root.Validators.Add(arguments =>
        {
            if (arguments.GetResult(_text) is not null && arguments.GetResult(_picture) is not null)
                arguments.AddError("Give the presentation or --picture, not both.");
        });
        return root;
    }

    private ExitCode Verify(
        ParseResult arguments, TextReader input, TextWriter output, TextWriter errors, TimeProvider time)
    {
        var clock = arguments.GetValue(_now) is { } fixedTime ? new FixedTime(fixedTime) : time;
        var material = Material.Load(
            arguments.GetRequiredValue(_root), arguments.GetRequiredValue(_trust), arguments.GetRequiredValue(_status),
            clock.GetUtcNow());
        if (material is Material.Unusable unusable)
        {
            errors.WriteLine(unusable.Why);
            return ExitCode.Unusable;
        }
        var shown = Shown.Take(arguments.GetValue(_text), arguments.GetValue(_picture), input);
        if (shown is Shown.Unreadable unreadable)
        {
            errors.WriteLine(unreadable.Why);
            return ExitCode.UnreadablePicture;
        }
        return Judge(arguments, ((Shown.Texts)shown).Lines, (Material.Known)material, clock, output, errors);
    }

    private ExitCode Judge(
        ParseResult arguments, IEnumerable<string> texts, Material.Known known, TimeProvider clock, TextWriter output,
        TextWriter errors)
    {
        foreach (var warning in known.Trust.Rejected)
            errors.WriteLine($"Trust list: {warning}");
        var guard = new MemoryReplayGuard(clock);
        var worst = ExitCode.AllValid;
        foreach (var text in texts)
        {
            var verdict = PresentationVerifier.Verify(text, new VerificationContext
            {
                Now = clock.GetUtcNow(), Audience = arguments.GetValue(_audience), Amount = arguments.GetValue(_amount),
                Trust = known.Trust, Status = known.Status, Replay = guard.Admit,
            });
            output.WriteLine(arguments.GetValue(_json) ? VerdictPrinter.Json(verdict) : VerdictPrinter.Text(verdict));
            worst = Worse(worst, verdict);
        }
        return worst;
    }

    private static ExitCode Worse(ExitCode worst, Verdict verdict) => verdict switch
    {
        Verdict.Valid => worst,
        Verdict.MustGoOnline => worst == ExitCode.AllValid ? ExitCode.MustGoOnline : worst,
        _ => ExitCode.Refused,
    };

    private static Money? ParseAmount(ArgumentResult argument)
    {
        if (Money.TryParseYuan(argument.Tokens[0].Value, out var amount) && !amount.IsNegative)
            return amount;
        argument.AddError("--amount is yuan with at most two decimals, such as 12.50.");
        return null;
    }

    private static DateTimeOffset? ParseTime(ArgumentResult argument)
    {
        if (DateTimeOffset.TryParse(
            argument.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        argument.AddError("--now is a time such as 2026-11-02T09:00:00+08:00.");
        return null;
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
