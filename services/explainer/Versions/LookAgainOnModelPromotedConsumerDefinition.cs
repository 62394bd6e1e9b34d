using Platform.Hosting.Messaging;

namespace Platform.Explainer.Versions;

internal sealed class LookAgainOnModelPromotedConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<LookAgainOnModelPromotedConsumer>(queues, "explainer-look-again-on-model-promoted");
