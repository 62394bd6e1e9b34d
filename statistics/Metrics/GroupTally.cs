namespace Platform.Statistics.Metrics;

/// <summary>Counts of one group's decisions, apart for those whose outcome is known.</summary>
public sealed class GroupTally
{
    private long _positives;
    private long _truePositives;
    private long _negatives;
    private long _falsePositives;

    public long Rows { get; private set; }

    public long Favoured { get; private set; }

    /// <summary>Rows whose outcome is known.</summary>
    public long Labelled => _positives + _negatives;

    public double Rate => Favoured / (double)Rows;

    public double TruePositiveRate => _truePositives / (double)_positives;

    public double FalsePositiveRate => _falsePositives / (double)_negatives;

    public void Add(bool favoured, bool? label)
    {
        Rows++;
        Favoured += favoured ? 1 : 0;
        if (label == true)
        {
            _positives++;
            _truePositives += favoured ? 1 : 0;
        }
        else if (label == false)
        {
            _negatives++;
            _falsePositives += favoured ? 1 : 0;
        }
    }
}
