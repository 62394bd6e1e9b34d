using Platform.Hosting.Values;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Performance;

/// <summary>
/// What a version's scores are worth as probabilities: of two classes that the row is positive, of several that the decision is right. Where
/// enough of the reference has labels and answers they are calibrated on it by isotonic regression (Zadrozny and Elkan 2002); else they are
/// taken as they stand, if they are probabilities at all.
/// </summary>
internal sealed class ScoreCalibration
{
    public const string Isotonic = "isotonic";
    public const string Uncalibrated = "none";

    public static readonly string[] Methods = [Isotonic, Uncalibrated];

    // Fewer make steps that are coarser than the scores themselves, and of one outcome alone nothing is learned.
    private const int FewestRows = 100;
    private const int FewestOfEither = 10;

    private static readonly ScoreCalibration None = new(null, 0);

    private readonly IsotonicRegression? _curve;

    private ScoreCalibration(IsotonicRegression? curve, int rows) => (_curve, Rows) = (curve, rows);

    public string Method => _curve is null ? Uncalibrated : Isotonic;

    /// <summary>The reference's rows behind it; 0 where the scores stand for themselves.</summary>
    public int Rows { get; }

    /// <summary>From the reference's rows that have a score and a label.</summary>
    public static ScoreCalibration Of(LabelScheme labels, Outcomes reference)
    {
        var rows = reference.Labelled().Where(row => row.Prediction.Class is not null && double.IsFinite(row.Prediction.Score)).ToArray();
        var came = Array.ConvertAll(rows, row => IsTrue(labels, row.Prediction, row.Label) ? 1.0 : 0.0);
        if (rows.Length < FewestRows || came.Sum() < FewestOfEither || rows.Length - came.Sum() < FewestOfEither)
            return None;
        return new(IsotonicRegression.Fit(Array.ConvertAll(rows, row => row.Prediction.Score), came), rows.Length);
    }

    /// <summary>Whether a score can be given a probability.</summary>
    public bool Covers(double score) => _curve is null ? Probabilities.Includes(score) : double.IsFinite(score);

    /// <summary>The probability that a score stands for.</summary>
    public double ChanceOf(double score) => Probabilities.Of(_curve?.At(score) ?? score);

    private static bool IsTrue(LabelScheme labels, Prediction prediction, string label) =>
        label == (labels.Task == ModelTask.Binary ? labels.Positive : prediction.Class);
}
