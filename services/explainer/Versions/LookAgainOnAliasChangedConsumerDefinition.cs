using Platform.Hosting.Messaging;

namespace Platform.Explainer.Versions;

internal sealed class LookAgainOnAliasChangedConsumerDefinition(ReplicaQueues queues)
    : EveryReplicaConsumerDefinition<LookAgainOnAliasChangedConsumer>(queues, "explainer-look-again-on-alias-changed");
