using MassTransit;

namespace Platform.Contracts.Tests;

public sealed class WireNameTests
{
    // Names in brokers, stored events and other teams' programs. A line may be added, none changed or removed.
    private static readonly string[] Approved =
    [
        "explainer.compute-explanation.v1 urn:message:Platform.Contracts.Explainer:ComputeExplanation",
        "explainer.explanation-computed.v1 urn:message:Platform.Contracts.Explainer:ExplanationComputed",
        "explainer.explanation-failed.v1 urn:message:Platform.Contracts.Explainer:ExplanationFailed",
        "inference.model-load-failed.v1 urn:message:Platform.Contracts.Inference:ModelLoadFailed",
        "inference.model-loaded.v1 urn:message:Platform.Contracts.Inference:ModelLoaded",
        "inference.model-worker-died.v1 urn:message:Platform.Contracts.Inference:ModelWorkerDied",
        "inference.prediction-completed.v1 urn:message:Platform.Contracts.Inference:PredictionCompleted",
        "inference.prediction-failed.v1 urn:message:Platform.Contracts.Inference:PredictionFailed",
        "inference.submit-prediction.v1 urn:message:Platform.Contracts.Inference:SubmitPrediction",
        "monitor.alert-raised.v1 urn:message:Platform.Contracts.Monitor:AlertRaised",
        "monitor.alert-resolved.v1 urn:message:Platform.Contracts.Monitor:AlertResolved",
        "monitor.drift-detected.v1 urn:message:Platform.Contracts.Monitor:DriftDetected",
        "monitor.performance-degraded.v1 urn:message:Platform.Contracts.Monitor:PerformanceDegraded",
        "monitor.routes-counted.v1 urn:message:Platform.Contracts.Monitor:RoutesCounted",
        "registry.alias-changed.v1 urn:message:Platform.Contracts.Registry:AliasChanged",
        "registry.keys-changed.v1 urn:message:Platform.Contracts.Registry:KeysChanged",
        "registry.model-promoted.v1 urn:message:Platform.Contracts.Registry:ModelPromoted",
        "registry.model-registered.v1 urn:message:Platform.Contracts.Registry:ModelRegistered",
        "registry.model-rolled-back.v1 urn:message:Platform.Contracts.Registry:ModelRolledBack",
        "registry.model-version-created.v1 urn:message:Platform.Contracts.Registry:ModelVersionCreated",
        "registry.rollout-stepped.v1 urn:message:Platform.Contracts.Registry:RolloutStepped",
        "registry.version-tag-changed.v1 urn:message:Platform.Contracts.Registry:VersionTagChanged",
    ];

    [Fact]
    public void Wire_names_and_URNs_are_those_that_were_approved()
    {
        var actual = MessageTypes.All.Select(message => $"{message.Key} {MessageUrn.ForTypeString(message.Value)}");
        Assert.Equal(Approved, actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_wire_name_finds_its_type_and_an_unknown_one_nothing()
    {
        Assert.All(MessageTypes.All, message => Assert.Same(message.Value, MessageTypes.Find(message.Key)));
        Assert.Null(MessageTypes.Find("registry.model-promoted.v9"));
    }
}
