using System.Text.Json;
using Platform.Hosting.Values;
using Platform.Monitor.Requests;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Analyses;

/// <summary>
/// The two classes of a request and which of them is positive: the one that <c>positiveClass</c> names, else the last of
/// <c>classes</c>, else 1 beside 0 or −1 and true beside false. Of other names nobody can tell, and the caller is asked.
/// </summary>
internal sealed class BinaryClasses
{
    // In the normal form, in which false and true are 0 and 1.
    private static readonly string[][] Customary = [["0", "1"], ["-1", "1"]];

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
        if (names is not [{ } first, { } last] || ScalarText.Normalise(first) == ScalarText.Normalise(last))
        {
            errors.Add("classes", "Two different classes are needed, the positive one last unless positiveClass names it.");
            return null;
        }

        var scheme = new LabelScheme(new() { Task = ModelTask.Binary, Classes = [first, last], PositiveClass = positive });
        if (positive is not null && new ClassNames([first, last]).Find(positive) is null)
            errors.Add("positiveClass", $"'{positive}' is neither '{first}' nor '{last}'.");
        NeedClasses(scheme, labels, "labels", errors);
        NeedClasses(scheme, predictions, "predictions", errors);
        return new(scheme.Negative, scheme.Positive);
    }

    private static void NeedClasses(LabelScheme scheme, string?[] values, string field, FieldErrors errors)
    {
        Notation.Rewrite(values, name => scheme.Resolve(name) is null && MissingValue.IsMissing(name) ? null : name);
        var at = Array.FindIndex(values, value => value is not null && scheme.Resolve(value) is null);
        if (at >= 0)
            errors.Add($"{field}[{at}]", $"'{values[at]}' must be {scheme.Expectation}.");
    }

    private static BinaryClasses? Seen(string? positive, string?[] labels, string?[] predictions, bool hasScores, FieldErrors errors)
    {
        Notation.Unify(labels, predictions);
        var seen = ClassOrder.Sort(labels.Concat(predictions).OfType<string>().ToHashSet(StringComparer.Ordinal));
        if (seen.Length > 2)
        {
            errors.Add("labels", $"Two classes at most are possible; these are {seen.Length}.");
            return null;
        }

        if (positive is not null)
            return Asked(positive, seen, errors);
        if (Array.Find(Customary, pair => seen.All(name => pair.Contains(ScalarText.Normalise(name)))) is { } custom)
            return new(Spelling(custom[0], seen), Spelling(custom[1], seen));

        if (seen.Length == 1 && !hasScores)
            return null;
        errors.Add("positiveClass", $"Which class is positive, {string.Join(" or ", seen.Select(name => $"'{name}'"))}? Name it here, or name both"
            + " in classes, the positive one last.");
        return null;
    }

    private static BinaryClasses? Asked(string asked, string[] seen, FieldErrors errors)
    {
        var positive = Notation.Among(seen, asked);
        if (seen.Length == 2 && positive is null)
        {
            errors.Add("positiveClass", $"'{asked}' is neither '{seen[0]}' nor '{seen[1]}'.");
            return null;
        }

        positive ??= asked;
        return new(Array.Find(seen, name => name != positive) ?? Counterpart(positive), positive);
    }

    // As the request spells it; of truth values and of numbers one may not occur.
    private static string Spelling(string normal, string[] seen) => Notation.Among(seen, normal)
        ?? (seen.Length > 0 && seen.All(ScalarText.IsBoolean) ? normal == "1" ? "true" : "false" : normal);

    // The other class does not occur, so nobody has named it.
    private static string Counterpart(string positive)
    {
        var normal = ScalarText.Normalise(positive);
        return Array.Find(Customary, pair => pair.Contains(normal)) is { } custom
            ? Spelling(custom[normal == custom[0] ? 1 : 0], [positive])
            : $"not {positive}";
    }
}
