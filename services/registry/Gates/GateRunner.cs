using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Registry.Policies;
using Platform.Registry.Sessions;

namespace Platform.Registry.Gates;

/// <summary>Has a version tried out in a process of its own (<see cref="VersionTrial"/>), and says what the gates make of that.</summary>
internal sealed class GateRunner(IArtifactStore artifacts, VettingProcesses processes, IOptions<GateOptions> options)
{
    /// <summary>Tries a version out on its own reference rows.</summary>
    /// <param name="version">The version.</param>
    /// <param name="timedCalls">How many calls of a single row are timed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<Measurement> MeasureAsync(ModelVersionDescription version, int timedCalls, CancellationToken cancellationToken) =>
        MeasureAsync(version, OwnRows(version), timedCalls, cancellationToken);

    /// <summary>Tries a version out on these rows, or without any.</summary>
    public async Task<Measurement> MeasureAsync(
        ModelVersionDescription version, TrialRows? rows, int timedCalls, CancellationToken cancellationToken)
    {
        if (version.StatusMessage is { } reason) return NotLoaded(rows, LoadsGate.NotServable(reason));
        if (artifacts.FindPath(version.Sha256) is not { } path) return NotLoaded(rows, LoadsGate.Missing(version.Sha256));
        var measured = await Digest.OfFileAsync(path, cancellationToken);
        if (measured != version.Sha256) return NotLoaded(rows, LoadsGate.Altered(measured, version.Sha256));

        var trial = new Trial(version, rows, new TrialRequest(
            path, version.Signature, version.Metadata.Serving?.Rows, rows?.Path, options.Value.BatchSize, timedCalls));
        try
        {
            var predictions = await artifacts.StageAsync(target => TryAsync(trial, target, cancellationToken),
                options.Value.MaxPredictionBytes, cancellationToken);
            return trial.ToMeasurement(predictions);
        }
        catch (RefusedException exception)
        {
            return NotLoaded(rows, LoadsGate.Failed(version.Sha256, exception.Message));
        }
        catch (Exception exception) when (exception is VettingEndedException or ArtifactTooLargeException)
        {
            if (trial.Loaded is null) return NotLoaded(rows, LoadsGate.Failed(version.Sha256, exception.Message));
            var cause = $"Not all rows could be answered: {exception.Message}";
            return new Measurement([trial.Loaded, AnswersReferenceGate.NotMeasured(trial.Rows, cause)], null);
        }
    }

    /// <summary>The rows of the version's reference; null where it has none.</summary>
    public TrialRows? OwnRows(ModelVersionDescription version) => version.Reference is { } reference
        ? new TrialRows(artifacts.FindPath(Digest.ToHex(reference.RowsDigest)), reference.Rows)
        : null;

    /// <summary>Where a version's answers can be read, kept by now or not.</summary>
    public string PathOf(IStagedArtifact answers) => artifacts.FindPath(answers.Sha256) ?? answers.Path;

    private Task TryAsync(Trial trial, Stream target, CancellationToken cancellationToken) =>
        processes.UseAsync<VersionTrial, TrialResult>(trial.FileBytes, processes.BoundOfRunning, talk =>
        {
            talk.Say(trial.Request);
            trial.NoteLoaded(talk.Hear<TrialLoaded>());
            return trial.Result = talk.Hear<TrialResult>(VersionTrial.Lines, part => target.Write(part));
        }, cancellationToken);

    private static Measurement NotLoaded(TrialRows? rows, GateRecord loads) =>
        new([loads, AnswersReferenceGate.NotMeasured(rows?.Count ?? 0, "Not measured, since the file does not load.")], null);

    /// <summary>What is known of a version while it is tried out.</summary>
    private sealed class Trial(ModelVersionDescription version, TrialRows? rows, TrialRequest request)
    {
        public TrialRequest Request => request;

        public long FileBytes => version.SizeBytes;

        public int Rows => rows?.Count ?? 0;

        public GateRecord? Loaded { get; private set; }

        public TrialResult? Result { get; set; }

        public void NoteLoaded(TrialLoaded loaded) =>
            Loaded = LoadsGate.Passed(version.Sha256, loaded.Provider, TimeSpan.FromMilliseconds(loaded.Milliseconds));

        public Measurement ToMeasurement(IStagedArtifact predictions)
        {
            var answers = Answers().With(Result!.Remark);
            if (rows is not null && answers.Passed) return new Measurement([Loaded!, answers], predictions) { Latency = Result.Latency };
            predictions.Dispose();
            return new Measurement([Loaded!, answers], null);
        }

        private GateRecord Answers()
        {
            if (rows is null) return AnswersReferenceGate.NoReference;
            return AnswersReferenceGate.Of(
                Result!.Answers ?? new ReferenceAnswers { Problem = "The reference rows are not in the artifact store." }, Rows);
        }
    }
}
