using Platform.Hosting.Messaging;

namespace Platform.Explainer.Versions;

internal sealed class LookAgainOnModelRolledBackConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<LookAgainOnModelRolledBackConsumer>(queues, "explainer-look-again-on-model-rolled-back");
