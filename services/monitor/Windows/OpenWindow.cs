using Platform.Monitor.Baselines;
using Platform.Monitor.Fairness;
using Platform.Monitor.Features;
using Platform.Monitor.Predictions;
using Platform.Monitor.Records;
using Platform.Monitor.Routes;
using Platform.Monitor.ServiceLevels;
using Platform.Monitor.Telemetry;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Windows;

/// <summary>The predictions of one version that have come in since its last window closed.</summary>
internal sealed class OpenWindow
{
    private readonly List<RowId> _ids = [];
    private readonly List<Prediction> _predictions = [];
    private readonly List<string> _routes = [];

    /// <param name="baseline">What it will be compared with.</param>
    /// <param name="start">Where in the log its first record lies, or before that.</param>
    /// <param name="from">When that record's request came in.</param>
    /// <param name="openedAt">Now.</param>
    /// <param name="options">How large it may grow.</param>
    public OpenWindow(Baseline baseline, LogMark start, DateTimeOffset from, DateTimeOffset openedAt, WindowOptions options)
    {
        (Baseline, Start, From, LastAt, OpenedAt) = (baseline, start, from, from, openedAt);
        Capacity = options.CapacityFor(baseline.Features.Count + baseline.PredictionFeatures.Count);
        Inputs = FeatureValues.For(baseline.Features.Select(feature => feature.Feature));
        Answers = FeatureValues.For(baseline.PredictionFeatures.Select(feature => feature.Feature));
        Groups = RowGroups.Of(baseline.Fairness, Inputs);
    }

    public Baseline Baseline { get; }

    public LogMark Start { get; }

    public DateTimeOffset From { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    /// <summary>When its first record was read: long after <see cref="From"/> where the log is caught up with.</summary>
    public DateTimeOffset OpenedAt { get; }

    /// <summary>Where the trace of its last traced prediction stands; null without one.</summary>
    public string? Trace { get; private set; }

    /// <summary>The most that it can count.</summary>
    public int Capacity { get; }

    /// <summary>Answered rows, and requests that got no answer.</summary>
    public int Count { get; private set; }

    /// <summary>Answered rows of which the log holds a sample only.</summary>
    public int Sampled { get; private set; }

    /// <summary>The values of the input features.</summary>
    public FeatureValues[] Inputs { get; }

    /// <summary>The values of the prediction's features.</summary>
    public FeatureValues[] Answers { get; }

    public ServiceLevel ServiceLevel { get; } = new();

    /// <summary>The groups of each answered row, where the version compares groups.</summary>
    public RowGroups? Groups { get; }

    /// <summary>The answered rows by the ids that ground truth uses.</summary>
    public IReadOnlyList<RowId> Ids => _ids;

    /// <summary>How the requests fared, by route.</summary>
    public RouteTallies Routes { get; } = new();

    /// <summary>The routes by which the answered rows came.</summary>
    public IReadOnlyList<string> RowRoutes => _routes;

    /// <summary>What the version said of them.</summary>
    public IReadOnlyList<Prediction> Predictions => _predictions;

    /// <summary>Adds rows of a prediction; the first of them brings its request.</summary>
    public void Add(PredictionRows rows, int from, int count)
    {
        if (from == 0)
        {
            ServiceLevel.Add(rows.Logged);
            Routes.Add(rows.Logged);
        }

        Trace = MonitorTracing.Read(rows.Logged) ?? Trace;
        From = rows.Logged.Time < From ? rows.Logged.Time : From;
        LastAt = rows.Logged.Time > LastAt ? rows.Logged.Time : LastAt;
        Count += count;
        for (var row = from; rows.IsAnswered && row < from + count; row++)
            AddAnswered(rows, row);
    }

    private void AddAnswered(PredictionRows rows, int row)
    {
        rows.ReadInputs(row, Inputs);
        Sampled += rows.IsSampled ? 1 : 0;
        Groups?.Add();
        _ids.Add(rows.Logged.RowId(row));
        _routes.Add(rows.Logged.Route);
        _predictions.Add(rows.ReadPrediction(row, Answers));
    }
}
