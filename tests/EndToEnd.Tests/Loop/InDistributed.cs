using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Loop;

// The loop over five services on real servers.

[Collection(LoopInDistributed.Name)]
public sealed class ByNameInDistributed(DistributedPlatform platform) : ByNameTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class ExplanationInDistributed(DistributedPlatform platform) : ExplanationTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class ExternalDataInDistributed(DistributedPlatform platform) : ExternalDataTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class MonitoringInDistributed(DistributedPlatform platform) : MonitoringTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class PipelineInDistributed(DistributedPlatform platform) : PipelineTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class PredictionInDistributed(DistributedPlatform platform) : PredictionTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class PromotionInDistributed(DistributedPlatform platform) : PromotionTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class RegistrationInDistributed(DistributedPlatform platform) : RegistrationTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class SinglePredictionInDistributed(DistributedPlatform platform) : SinglePredictionTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class ScoringInDistributed(DistributedPlatform platform) : ScoringTests(platform);
