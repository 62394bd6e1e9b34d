using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Performance;

/// <summary>
/// How good the predictions of a window should turn out to be, from their scores alone. It holds as long as scores mean what they meant on
/// the reference: what has changed between inputs and outcomes only labels show.
/// </summary>
internal sealed record EstimatedPerformance
{
    public const string Cbpe = "cbpe";

    /// <summary>cbpe: confidence-based performance estimation.</summary>
    [AllowedValues(Cbpe)]
    public string Method { get; init; } = Cbpe;

    /// <summary>isotonic: the scores are calibrated on the reference. none: they are taken as probabilities.</summary>
    [OneOf(typeof(ScoreCalibration), nameof(ScoreCalibration.Methods))]
    public required string Calibration { get; init; }

    /// <summary>Labelled rows of the reference behind the calibration; 0 without one.</summary>
    public int CalibrationRows { get; init; }

    /// <summary>Rows with a score, labelled or not.</summary>
    public int Rows { get; init; }

    public required Estimate Accuracy { get; init; }

    /// <summary>Of two classes; null for more, and where the scores leave it undefined.</summary>
    public Estimate? F1 { get; init; }

    /// <summary>The area under the ROC curve, of two classes; null for more, and where the scores leave it undefined.</summary>
    [JsonPropertyName("roc_auc")]
    public Estimate? RocAuc { get; init; }
}

/// <summary>An estimated measure.</summary>
/// <param name="Value">The measure to be expected.</param>
/// <param name="SamplingError">
/// Standard deviation of what labels will make of it: that of so many outcomes, and that of the calibration's. Within twice that the realised
/// measure of all these rows lies in 95 windows of 100.
/// </param>
internal sealed record Estimate(double Value, double SamplingError)
{
    /// <summary>Null where it is undefined.</summary>
    /// <param name="expected">The measure and its variance over the outcomes of the rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="calibrationRows">How many the probabilities were learned from; 0 where they are taken as known.</param>
    public static Estimate? Of((double Value, double Variance) expected, int rows, int calibrationRows)
    {
        var learned = calibrationRows > 0 ? rows / (double)calibrationRows : 0;
        var error = Math.Sqrt(expected.Variance * (1 + learned));
        return double.IsFinite(expected.Value) && double.IsFinite(error) ? new(expected.Value, error) : null;
    }
}
