using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Registry.Sessions;

namespace Platform.Registry.Gates;

/// <summary>Has a version tried out in a process of its own (<see cref="VersionTrial"/>), and says what the gates make of that.</summary>
internal sealed class GateRunner(IArtifactStore artifacts, VettingProcesses processes, IOptions<GateOptions> options)
{
    public async Task<Measurement> MeasureAsync(ModelVersionDescription version, CancellationToken cancellationToken)
    {
        if (artifacts.FindPath(version.Sha256) is not { } path) return NotLoaded(version, LoadsGate.Missing(version.Sha256));
        var measured = await Digest.OfFileAsync(path, cancellationToken);
        if (measured != version.Sha256) return NotLoaded(version, LoadsGate.Altered(measured, version.Sha256));
        var rows = version.Reference is { } reference ? artifacts.FindPath(Digest.ToHex(reference.RowsDigest)) : null;

        var trial = new Trial(version, new TrialRequest(path, version.Signature, version.Metadata.Serving?.Rows, rows, options.Value.BatchSize));
        try
        {
            var predictions = await artifacts.StageAsync(target => TryAsync(trial, target, cancellationToken),
                options.Value.MaxPredictionBytes, cancellationToken);
            return trial.ToMeasurement(predictions);
        }
        catch (RefusedException exception)
        {
            return NotLoaded(version, LoadsGate.Failed(version.Sha256, exception.Message));
        }
        catch (Exception exception) when (exception is VettingEndedException or ArtifactTooLargeException)
        {
            if (trial.Loaded is null) return NotLoaded(version, LoadsGate.Failed(version.Sha256, exception.Message));
            var reason = $"Not all rows could be answered: {exception.Message}";
            return new Measurement([trial.Loaded, AnswersReferenceGate.NotMeasured(trial.Rows, reason)], null);
        }
    }

    private Task TryAsync(Trial trial, Stream target, CancellationToken cancellationToken) =>
        processes.UseAsync<VersionTrial, TrialResult>(processes.BoundOfRunning, talk =>
        {
            talk.Say(trial.Request);
            trial.NoteLoaded(talk.Hear<TrialLoaded>());
            return trial.Result = talk.Hear<TrialResult>(VersionTrial.Lines, part => target.Write(part));
        }, cancellationToken);

    private static Measurement NotLoaded(ModelVersionDescription version, GateRecord loads) =>
        new([loads, AnswersReferenceGate.NotMeasured(version.Reference?.Rows ?? 0, "Not measured, since the file does not load.")], null);

    /// <summary>What is known of a version while it is tried out.</summary>
    private sealed class Trial(ModelVersionDescription version, TrialRequest request)
    {
        public TrialRequest Request => request;

        public int Rows => version.Reference?.Rows ?? 0;

        public GateRecord? Loaded { get; private set; }

        public TrialResult? Result { get; set; }

        public void NoteLoaded(TrialLoaded loaded) =>
            Loaded = LoadsGate.Passed(version.Sha256, loaded.Provider, TimeSpan.FromMilliseconds(loaded.Milliseconds));

        public Measurement ToMeasurement(IStagedArtifact predictions)
        {
            var answers = Answers().With(Result!.Remark);
            if (version.Reference is not null && answers.Passed) return new Measurement([Loaded!, answers], predictions);
            predictions.Dispose();
            return new Measurement([Loaded!, answers], null);
        }

        private GateRecord Answers()
        {
            if (version.Reference is null) return AnswersReferenceGate.NoReference;
            return AnswersReferenceGate.Of(
                Result!.Answers ?? new ReferenceAnswers { Problem = "The reference rows are not in the artifact store." }, Rows);
        }
    }
}
