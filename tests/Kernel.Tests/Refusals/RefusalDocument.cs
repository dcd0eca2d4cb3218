using System.Text;
using Ecert.Kernel.Refusals;

namespace Ecert.Kernel.Tests.Refusals;

/// <summary>The page of all refusals, made from the catalogue.</summary>
internal static class RefusalDocument
{
    public static string Render(IEnumerable<RefusalReason> reasons)
    {
        var page = new StringBuilder(
            """
            # Refusals

            Made from `RefusalCatalogue` by the tests of `Kernel`; write it anew with
            `ECERT_WRITE_DOCS=1 dotnet test tests/Kernel.Tests`.

            A refusal travels as a gRPC status with `google.rpc.ErrorInfo` (`domain` "ecert", `reason` one of the codes
            below) and, where input is at fault, `google.rpc.BadRequest` with every violation at once. Branch on the
            reason, never on the message. A code is never changed once published. `FeeLineProblem.reason` and
            `BatchCheckEligibilityResponse.refusal_reason` use the same codes. Reasons of verbs this release does not
            offer yet stand here too; the README says which verbs those are.

            """);
        foreach (var status in reasons.GroupBy(reason => reason.Status).OrderBy(group => (int)group.Key))
        {
            page.Append($"\n## {UpperSnake(status.Key.ToString())} ({(int)status.Key})\n\n");
            page.Append("| reason | what happened | what to do |\n| --- | --- | --- |\n");
            foreach (var reason in status.OrderBy(reason => reason.Code, StringComparer.Ordinal))
                page.Append($"| `{reason.Code}` | {reason.Meaning} | {reason.Remedy} |\n");
        }
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string UpperSnake(string pascal) => string.Concat(pascal.Select((character, index) =>
        index > 0 && char.IsUpper(character) ? $"_{character}" : char.ToUpperInvariant(character).ToString()));
}
