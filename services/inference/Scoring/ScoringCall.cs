using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Inference.Jobs;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;
using Platform.Inference.Requests;
using Platform.Inference.Routing;
using Platform.Inference.Rows;

namespace Platform.Inference.Scoring;

/// <summary>
/// One batch of rows as one prediction by feature name. A row that is refused is told so and left out; where none is left, the prediction is refused.
/// </summary>
internal sealed class ScoringCall(IReadOnlyList<ScoredRow> rows, FeatureCells features, CancellationToken leaving) : IPredictionCall
{
    /// <summary>Bytes that the answer to a run may take, and so to a row: a part of a result holds it, and reads it, whole.</summary>
    public const int LargestAnswer = 16 << 20;

    private readonly ArrayBufferWriter<byte> _body = new();
    private List<ScoredRow> _asked = [];

    /// <summary>Why there is no answer; null where there is one, or where every row was refused.</summary>
    public Error? Error { get; private set; }

    public bool TriesAgain => true;

    public CancellationToken Leaving => leaving;

    /// <summary>The version was settled when the file came.</summary>
    public string? WantedRole => RouteRole.Champion;

    public BodyRead AgainForShadow => JobForm.Read;

    public Error? RefuseUnread() => null;

    public void Begin(LoadedVersion version, Prediction prediction, in PredictionFacts facts) => prediction.Begin(facts, leaving);

    public ValueTask<Error?> ReadAsync(LoadedVersion version, Prediction prediction)
    {
        _asked = [.. rows.Where(row => row.IsOpen)];
        Error? refusal = null;
        while (_asked.Count > 0)
        {
            Write(_asked);
            if (RowsReader.Read(_body.WrittenSpan, version.Rows, prediction.Request) is not { } wrong)
            {
                prediction.TakeInputs(_body.WrittenSpan, version.Records);
                return default;
            }

            refusal = wrong.Fields is { } fields ? PredictionErrors.RowsInvalid(fields) : PredictionErrors.Malformed(wrong.Malformed!);
            if (wrong.Fields is not null) Refuse(wrong.Fields);
            else RefuseOneByOne(version, prediction);
            _asked.RemoveAll(row => !row.IsOpen);
        }

        return new(refusal);
    }

    public void WriteAnswer(LoadedVersion version, Prediction prediction)
    {
        prediction.Answer.Limit = Math.Min(prediction.Answer.Limit, LargestAnswer);
        prediction.WriteAnswer(version.RowResponses);
        if (prediction.Answer.Length > LargestAnswer) throw new BufferLimitException(LargestAnswer);
    }

    public ValueTask<bool> SendAsync(Prediction prediction)
    {
        using var answer = JsonDocument.Parse(prediction.Answer.WrittenMemory);
        var answered = answer.RootElement.GetProperty("rows"u8).Clone();
        for (var at = 0; at < _asked.Count; at++) _asked[at].Take(answered[at]);
        return new(true);
    }

    public Task RefuseAsync(Error error)
    {
        if (_asked.Count > 0 || rows.Any(row => row.IsOpen)) Error = error;
        return Task.CompletedTask;
    }

    public void Release(Prediction prediction)
    {
    }

    private void Write(IEnumerable<ScoredRow> asked)
    {
        _body.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_body);
        features.Write(json, asked);
    }

    /// <summary>
    /// Tells each row what is wrong with it: fields are named <c>rows[3].age</c>, and <c>rows[3]</c> where it is the whole row. Only so many are told at a
    /// time: the last row of a full list is read again, and where it fills one alone, it is said that there may be more.
    /// </summary>
    private void Refuse(IReadOnlyDictionary<string, string[]> fields)
    {
        var problems = fields.Select(field => (Row: RowOf(field.Key, out var feature), Feature: feature, Texts: field.Value)).ToList();
        var cut = fields.Count == RowProblems.Most ? problems[^1].Row : null;
        var fills = problems.TrueForAll(problem => problem.Row == cut);
        foreach (var (row, feature, texts) in problems)
        {
            if (row == cut && !fills) continue;
            foreach (var text in texts) row.Refuse(feature, text);
        }

        if (fills) cut!.Refuse(null, $"may have more that is wrong: no more than {RowProblems.Most} features of a row are told.");
    }

    private ScoredRow RowOf(string field, out string? feature)
    {
        var end = field.IndexOf(']');
        feature = end + 2 < field.Length ? field[(end + 2)..] : null;
        return _asked[int.Parse(field.AsSpan("rows[".Length, end - "rows[".Length), CultureInfo.InvariantCulture)];
    }

    /// <summary>Something that says nothing of where it is: each row is read alone. Where none is wrong alone, it is them all together.</summary>
    private void RefuseOneByOne(LoadedVersion version, Prediction prediction)
    {
        string? last = null;
        foreach (var row in _asked)
        {
            Write([row]);
            if (RowsReader.Read(_body.WrittenSpan, version.Rows, prediction.Request) is not { Malformed: { } problem }) continue;
            row.Refuse(null, last = $"cannot be read: {problem}");
        }

        if (last is null) foreach (var row in _asked) row.Refuse(null, "cannot be read together with others.");
    }
}
