using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Loop;

// The loop over five services on real servers.

[Collection(TheLoop.Name)]
public sealed class ByNameInDistributed(DistributedPlatform platform) : ByNameTests(platform);

[Collection(TheLoop.Name)]
public sealed class ExplanationInDistributed(DistributedPlatform platform) : ExplanationTests(platform);

[Collection(TheLoop.Name)]
public sealed class ExternalDataInDistributed(DistributedPlatform platform) : ExternalDataTests(platform);

[Collection(TheLoop.Name)]
public sealed class MonitoringInDistributed(DistributedPlatform platform) : MonitoringTests(platform);

[Collection(TheLoop.Name)]
public sealed class PipelineInDistributed(DistributedPlatform platform) : PipelineTests(platform);

[Collection(TheLoop.Name)]
public sealed class PredictionInDistributed(DistributedPlatform platform) : PredictionTests(platform);

[Collection(TheLoop.Name)]
public sealed class PromotionInDistributed(DistributedPlatform platform) : PromotionTests(platform);

[Collection(TheLoop.Name)]
public sealed class RegistrationInDistributed(DistributedPlatform platform) : RegistrationTests(platform);

[Collection(TheLoop.Name)]
public sealed class SinglePredictionInDistributed(DistributedPlatform platform) : SinglePredictionTests(platform);

[Collection(TheLoop.Name)]
public sealed class ScoringInDistributed(DistributedPlatform platform) : ScoringTests(platform);
