using System.Text.Json;
using Platform.Monitor.Metrics;
using Platform.Monitor.Predictions;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Analyses;

/// <summary>
/// The two classes of a request and which of them is positive: the one that <c>positiveClass</c> names, else the last of
/// <c>classes</c>, else 1 beside 0 or −1 and true beside false. Of other names nobody can tell, and the caller is asked.
/// </summary>
internal sealed class BinaryClasses
{
    private static readonly string[][] Customary = [["0", "1"], ["-1", "1"], ["false", "true"]];

    private readonly LabelScheme _scheme;

    private BinaryClasses(string negative, string positive)
    {
        Names = [negative, positive];
        _scheme = new(new() { Task = ModelTask.Binary, Classes = Names });
    }

    /// <summary>The negative and the positive class.</summary>
    public IReadOnlyList<string> Names { get; }

    public bool IsPositive(string? value) => value is not null && _scheme.Resolve(value) == Names[1];

    /// <summary>
    /// The classes; null where the request does not tell them. That is among the errors then, unless no second class occurs and there
    /// are no scores: whatever does not ask for the positive class can be measured all the same.
    /// </summary>
    public static BinaryClasses? Read(PerformanceRequest request, string?[] labels, string?[] predictions, FieldErrors errors)
    {
        string? positive = null;
        if (IsGiven(request.PositiveClass) && (!Scalar.TryRead(request.PositiveClass, out positive) || positive is null))
        {
            errors.Add("positiveClass", "A text, a number or a boolean is needed.");
            return null;
        }

        return IsGiven(request.Classes)
            ? Named(SampleReader.Texts(request.Classes, "classes", errors), positive, labels, predictions, errors)
            : Seen(positive, labels, predictions, IsGiven(request.Scores), errors);
    }

    private static bool IsGiven(JsonElement value) => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private static BinaryClasses? Named(string?[] names, string? positive, string?[] labels, string?[] predictions, FieldErrors errors)
    {
        if (names is not [{ } first, { } last] || first == last)
        {
            errors.Add("classes", "Two different classes are needed, the positive one last unless positiveClass names it.");
            return null;
        }

        var scheme = new LabelScheme(new() { Task = ModelTask.Binary, Classes = [first, last], PositiveClass = positive });
        if (positive is not null && positive != first && positive != last)
            errors.Add("positiveClass", $"'{positive}' is neither '{first}' nor '{last}'.");
        NeedClasses(scheme, labels, "labels", errors);
        NeedClasses(scheme, predictions, "predictions", errors);
        return new(scheme.Negative, scheme.Positive);
    }

    private static void NeedClasses(LabelScheme scheme, string?[] values, string field, FieldErrors errors)
    {
        var at = Array.FindIndex(values, value => value is not null && scheme.Resolve(value) is null);
        if (at >= 0)
            errors.Add($"{field}[{at}]", $"'{values[at]}' must be {scheme.Expectation}.");
    }

    private static BinaryClasses? Seen(string? positive, string?[] labels, string?[] predictions, bool hasScores, FieldErrors errors)
    {
        TruthValues.Unify(labels, predictions);
        var seen = ClassOrder.Sort(labels.Concat(predictions).OfType<string>().ToHashSet(StringComparer.Ordinal));
        if (seen.Length > 2)
        {
            errors.Add("labels", $"Two classes at most are possible; these are {seen.Length}.");
            return null;
        }

        if (positive is not null)
            return Asked(seen.Contains(positive) ? positive : TruthValues.AsNumber(positive)!, positive, seen, errors);
        if (Array.Find(Customary, pair => seen.All(pair.Contains)) is { } custom)
            return new(custom[0], custom[1]);

        if (seen.Length == 1 && !hasScores)
            return null;
        errors.Add("positiveClass", $"Which class is positive, {string.Join(" or ", seen.Select(name => $"'{name}'"))}? Name it here, or name both"
            + " in classes, the positive one last.");
        return null;
    }

    private static BinaryClasses? Asked(string positive, string asked, string[] seen, FieldErrors errors)
    {
        if (seen.Length == 2 && !seen.Contains(positive))
        {
            errors.Add("positiveClass", $"'{asked}' is neither '{seen[0]}' nor '{seen[1]}'.");
            return null;
        }

        if (!seen.Contains(positive))
            positive = asked;
        return new(Array.Find(seen, name => name != positive) ?? Counterpart(positive), positive);
    }

    // The other class does not occur, so nobody has named it.
    private static string Counterpart(string positive) =>
        Array.Find(Customary, pair => pair.Contains(positive)) is { } custom ? custom[positive == custom[0] ? 1 : 0] : $"not {positive}";
}
