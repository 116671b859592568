# paycircle: the commands a person types. `make demo` and `make test` are all a newcomer needs.

# What a fresh Debian 12 machine with Swift lacks: headers to build with, and programs that judge the exports in tests.
BUILD_PACKAGES := pkg-config libsqlite3-dev libgeos-dev libssl-dev libtiff-dev libosmium2-dev zlib1g-dev libexpat1-dev libxlsxwriter-dev libminizip-dev
TEST_PACKAGES := $(BUILD_PACKAGES) gdal-bin python3-gdal python3-venv osmium-tool chromium fonts-noto-cjk poppler-utils libreoffice-calc-nogui librsvg2-bin libxml2-utils

SWIFT_FLAGS := --explicit-target-dependency-import-check error
DEMO := reports/jiyuan
# The demo's journal carries this time, so that the same data make the same files everywhere.
STAMP := 2015-12-31T00:00:00Z

.PHONY: demo test build install-build install-test lint walls unit smoke sample bench bench-roads bench-surveys bench-demand bench-siting bench-scenarios judge clean help

help:
	@echo "make demo   build, make the Jiyuan atlas, print its coverage, write report and GeoJSON to $(DEMO)"
	@echo "make test   lint, import walls, unit tests, smoke run: everything that CI runs"
	@echo "make bench  speed and memory, beside the peers; make bench-roads: travel on roads;"
	@echo "            bench-surveys: calibration of a million answers; bench-demand: who goes where;"
	@echo "            bench-siting: plans with proof (PEERS=folder: the peers too; DATA=folder: known optima);"
	@echo "            bench-scenarios: what a change costs (ROADS=file.osm.pbf for other roads than the sample county's)"
	@echo "make judge  siting plans of unseen instances, judged by HiGHS (SEED=number, COUNT=number)"
	@echo "make sample write geodata/jiyuan again from its seed"
	@echo "make clean  remove what was built"

demo: install-build
	swift build -c release --product paycircle $(SWIFT_FLAGS)
	.build/release/paycircle demo geodata/jiyuan --to $(DEMO) --stamp $(STAMP)
	.build/release/paycircle scenario $(DEMO)/atlas.gpkg $(DEMO)/scenario.yaml --json --language zh \
	  --html $(DEMO)/scenario.zh.html --geojson $(DEMO)/scenario.geojson >$(DEMO)/scenario.json
	.build/release/paycircle guide $(DEMO)/atlas.gpkg --to $(DEMO)/guide-jishui.zh.html --single --township 济水街道 --by village \
	  --language zh

test: install-test lint walls unit smoke

build: install-build
	swift build -c release $(SWIFT_FLAGS)

# $(1): the packages. Names what is missing before it installs anything.
define install
	@missing=""; for p in $(1); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing with apt:$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then SUDO=""; else SUDO="sudo"; fi; \
	  $$SUDO apt-get -o DPkg::Lock::Timeout=500 update -q && \
	  $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=500 install -y --no-install-recommends $$missing; \
	fi
endef

install-build:
	$(call install,$(BUILD_PACKAGES))

install-test:
	$(call install,$(TEST_PACKAGES))

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks

# Imports run one way, and each outside package enters through one module.
walls:
	Tests/check-walls

unit:
	swift build --build-tests $(SWIFT_FLAGS)
	swift test --skip-build

# The main job from files to files, judged by programs that are not ours, and compared with what is committed.
smoke:
	Tests/smoke

sample: install-build
	swift run -c release SampleCounty geodata/jiyuan

bench: install-build
	Benchmarks/run

bench-roads: install-build
	Benchmarks/roads

bench-surveys: install-build
	swift build -c release --product SurveysBenchmark $(SWIFT_FLAGS)
	.build/release/SurveysBenchmark

bench-demand: install-build
	Benchmarks/demand

# Values and bounds of unseen siting questions, by another solver.
judge: install-build
	swift build -c release --product SitingBenchmark $(SWIFT_FLAGS)
	Tests/judge-siting $(or $(COUNT),300) $(or $(SEED),1)

bench-siting: install-build
	Benchmarks/siting "$(PEERS)" "$(DATA)"

bench-scenarios: install-build
	Benchmarks/scenarios $(ROADS)

clean:
	rm -rf .build
