using System.Globalization;
using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Registry.Tests.Gates;

/// <summary>
/// A model that hands on what it is given: column <c>group</c> is what it says of the class no, column <c>score</c> of the class yes. So a table
/// says what it answers, and its metadata what that means.
/// </summary>
internal static class Scored
{
    /// <summary>A version with a table of rows: of how many the answer is wrong is up to the caller.</summary>
    public static UploadBody Version(int rows, int wrong, double threshold = 0.5, string more = "") => new()
    {
        Model = TinyModels.Identity(Datatype.FP32, "n", 2).ToArray(),
        Metadata = Metadata("""["no","yes"]""", """{"name":"group","kind":"numerical"},{"name":"score","kind":"numerical"}""", threshold, more),
        Reference = Table(rows, wrong),
    };

    public static string Metadata(string classes, string features, double threshold, string more = "") => string.Create(CultureInfo.InvariantCulture, $$"""
        {"task":"binary_classification","classes":{{classes}},"positiveClass":"yes","threshold":{{threshold}},"target":"label","features":[{{features}}]{{more}}}
        """);

    /// <summary>Every second row is yes; the score is 0.9 for what is right to be called yes and 0.1 else, but the other way round in the wrong ones.</summary>
    public static string Table(int rows, int wrong) => "group,score,label\n" + string.Concat(Enumerable.Range(0, rows).Select(row =>
    {
        var isYes = row % 2 == 0;
        return $"{row % 4 / 2},{(isYes ^ row < wrong ? "0.9" : "0.1")},{(isYes ? "yes" : "no")}\n";
    }));
}
