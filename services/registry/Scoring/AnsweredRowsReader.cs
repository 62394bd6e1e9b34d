using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Values;
using Platform.Statistics.Performance;

namespace Platform.Registry.Scoring;

/// <summary>Reads rows and a version's answers to them, which lie line by line in two files.</summary>
internal static class AnsweredRowsReader
{
    /// <param name="version">The version that was asked.</param>
    /// <param name="rowsPath">JSON lines of <see cref="ReferenceRow"/>.</param>
    /// <param name="answersPath">JSON lines of <see cref="ReferencePrediction"/>, as many.</param>
    public static AnsweredRows Read(ModelVersionDescription version, string rowsPath, string answersPath)
    {
        var output = OutputMeaning.OutputOf(version.Metadata, version.Signature.Outputs);
        var labels = new LabelScheme(version.Metadata, output);
        var (predictions, groups) = (new AnswerReader(output, labels), GroupReader.Of(version));
        List<Prediction> answers = [];
        List<(string? Label, string? Group)> known = [];
        foreach (var (row, answer) in Lines<ReferenceRow>(rowsPath).Zip(Lines<ReferencePrediction>(answersPath)))
        {
            answers.Add(predictions.Read(answer));
            known.Add((LabelOf(row, labels), groups?.Read(row)));
        }
        return new AnsweredRows(version, labels, new Outcomes(answers, [.. known.Select(row => row.Label)]), [.. known.Select(row => row.Group)]);
    }

    private static IEnumerable<T> Lines<T>(string path) => File.ReadLines(path).Select(line => JsonSerializer.Deserialize<T>(line, PlatformJson.Tolerant)!);

    private static string? LabelOf(ReferenceRow row, LabelScheme labels) =>
        row.Label is { } label && ScalarText.Of(label) is { Length: > 0 } text ? labels.Resolve(text) : null;
}
