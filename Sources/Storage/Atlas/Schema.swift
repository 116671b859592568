import GRDB

/// The history of the atlas's shape, oldest first.
///
/// A migration that has shipped is never edited: files made by it exist. It is written in SQL and literals only, so
/// that renaming a Swift type later cannot change the past. The tables of GeoPackage 1.3 (OGC 12-128r17) come first,
/// then ours, their times of change at the epoch until an import sets them; R*Tree indexes and their triggers are made by `SpatialIndex`, which also makes them again after a bulk
/// import.
let schema: DatabaseMigrator = {
  var migrator = DatabaseMigrator()
  migrator.registerMigration("1 a GeoPackage of payment points and places") { db in
    try db.execute(sql: "PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300")
    try db.execute(sql: geoPackageTables)
    try db.execute(sql: featureTables)
    try db.execute(sql: attributeTables)
    for table in ["places", "points", "candidates", "boundaries"] {
      try SpatialIndex(table: table).create(db)
    }
  }
  migrator.registerMigration("2 roads") { db in
    try db.execute(sql: roadTables)
    try SpatialIndex(table: "roads").create(db)
  }
  migrator.registerMigration("3 calibration, and when feedback was dealt with") { db in
    try db.execute(sql: calibrationTables)
  }
  migrator.registerMigration("4 plans") { db in
    try db.execute(sql: planTables)
  }
  migrator.registerMigration("5 visits") { db in
    try db.execute(sql: visitTables)
  }
  migrator.registerMigration("6 scenarios") { db in
    try db.execute(sql: scenarioTables)
  }
  migrator.registerMigration("7 phones of points") { db in
    try db.execute(sql: "ALTER TABLE points ADD COLUMN phone TEXT")
  }
  return migrator
}()

private let visitTables = """
  CREATE TABLE visits (
    id INTEGER PRIMARY KEY NOT NULL,
    visit_id TEXT NOT NULL UNIQUE CHECK (visit_id <> ''),
    point_id TEXT NOT NULL REFERENCES points(point_id),
    date DATE NOT NULL,
    present INTEGER NOT NULL CHECK (present IN (0, 1))
  );
  INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('visits', 'attributes', 'visits', 'Whether somebody was there when an inspector came at a published time', '1970-01-01T00:00:00.000Z');
  """

private let scenarioTables = """
  CREATE TABLE scenarios (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    description TEXT NOT NULL,
    changes TEXT NOT NULL,
    saved_at DATETIME NOT NULL,
    UNIQUE (name, version)
  );
  CREATE TABLE scenario_applications (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    version INTEGER CHECK (version >= 1),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    changed_rows TEXT NOT NULL,
    applied_at DATETIME NOT NULL,
    undone_at DATETIME
  );
  INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('scenarios', 'attributes', 'scenarios', 'Changes of the network that planners keep, as YAML; the highest version of a name counts', '1970-01-01T00:00:00.000Z'),
    ('scenario_applications', 'attributes', 'scenario_applications', 'Scenarios that became the network of record, with the rows as they were, so that they can be undone', '1970-01-01T00:00:00.000Z');
  """

private let planTables = """
  CREATE TABLE plans (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    saved_at DATETIME NOT NULL
  );
  INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('plans', 'attributes', 'plans', 'Proposals of where to open payment points, as JSON; the highest id is the newest', '1970-01-01T00:00:00.000Z');
  """

/// The tables that every GeoPackage has (1.3, OGC 12-128r17, annex C).
let geoPackageTables = """
  CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL,
    description TEXT
  );
  INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
  CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY,
    data_type TEXT NOT NULL,
    identifier TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
    srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
  );
  CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL,
    m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
  );
  CREATE TABLE gpkg_extensions (
    table_name TEXT,
    column_name TEXT,
    extension_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
  );
  CREATE TABLE gpkg_metadata (
    id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
    md_scope TEXT NOT NULL DEFAULT 'dataset',
    md_standard_uri TEXT NOT NULL,
    mime_type TEXT NOT NULL DEFAULT 'text/xml',
    metadata TEXT NOT NULL DEFAULT ''
  );
  CREATE TABLE gpkg_metadata_reference (
    reference_scope TEXT NOT NULL,
    table_name TEXT,
    column_name TEXT,
    row_id_value INTEGER,
    timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    md_file_id INTEGER NOT NULL,
    md_parent_id INTEGER,
    CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)
  );
  INSERT INTO gpkg_extensions VALUES
    ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec/#extension_metadata', 'read-write'),
    ('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec/#extension_metadata', 'read-write');
  """

private let featureTables = """
  CREATE TABLE places (
    fid INTEGER PRIMARY KEY NOT NULL,
    geom POINT NOT NULL CHECK (typeof(geom) = 'blob' AND substr(geom, 1, 2) = x'4750'),
    place_id TEXT NOT NULL UNIQUE CHECK (place_id <> ''),
    name TEXT NOT NULL,
    setting TEXT NOT NULL CHECK (setting IN ('town', 'village')),
    customers INTEGER NOT NULL CHECK (typeof(customers) = 'integer' AND customers >= 0),
    township TEXT,
    village TEXT,
    village_code TEXT,
    terrain TEXT CHECK (terrain IN ('plain', 'hill', 'mountain')),
    fee_control_share REAL CHECK (fee_control_share BETWEEN 0 AND 1),
    online_share REAL CHECK (online_share BETWEEN 0 AND 1),
    elderly_share REAL CHECK (elderly_share BETWEEN 0 AND 1),
    arrears_fen INTEGER CHECK (arrears_fen >= 0)
  );
  CREATE TABLE points (
    fid INTEGER PRIMARY KEY NOT NULL,
    geom POINT NOT NULL CHECK (typeof(geom) = 'blob' AND substr(geom, 1, 2) = x'4750'),
    point_id TEXT NOT NULL UNIQUE CHECK (point_id <> ''),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('business_hall', 'self_service', 'bank', 'postal', 'rural_bank', 'shop',
      'community_station', 'village_committee', 'other')),
    operator TEXT,
    methods TEXT,
    hours TEXT,
    counters INTEGER CHECK (counters >= 0),
    status TEXT CHECK (status IN ('active', 'suspended', 'closed', 'planned')),
    place_id TEXT REFERENCES places(place_id),
    monthly_cost_fen INTEGER CHECK (monthly_cost_fen >= 0),
    fee_per_payment_fen INTEGER CHECK (fee_per_payment_fen >= 0),
    opened_on DATE,
    closed_on DATE
  );
  CREATE TABLE candidates (
    fid INTEGER PRIMARY KEY NOT NULL,
    geom POINT NOT NULL CHECK (typeof(geom) = 'blob' AND substr(geom, 1, 2) = x'4750'),
    candidate_id TEXT NOT NULL UNIQUE CHECK (candidate_id <> ''),
    name TEXT NOT NULL,
    kind TEXT CHECK (kind IN ('business_hall', 'self_service', 'bank', 'postal', 'rural_bank', 'shop',
      'community_station', 'village_committee', 'other')),
    place_id TEXT REFERENCES places(place_id),
    opening_cost_fen INTEGER CHECK (opening_cost_fen >= 0),
    monthly_cost_fen INTEGER CHECK (monthly_cost_fen >= 0),
    counters INTEGER CHECK (counters >= 0)
  );
  CREATE TABLE boundaries (
    fid INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL CHECK (typeof(geom) = 'blob' AND substr(geom, 1, 2) = x'4750'),
    name TEXT NOT NULL CHECK (name <> ''),
    level TEXT NOT NULL DEFAULT '',
    UNIQUE (name, level)
  );
  INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) VALUES
    ('places', 'features', 'places', 'Villages and communities whose customers need a payment point', '1970-01-01T00:00:00.000Z', 4326),
    ('points', 'features', 'points', 'Payment points', '1970-01-01T00:00:00.000Z', 4326),
    ('candidates', 'features', 'candidates', 'Sites where a payment point could be opened', '1970-01-01T00:00:00.000Z', 4326),
    ('boundaries', 'features', 'boundaries', 'Outlines of the county and its townships', '1970-01-01T00:00:00.000Z', 4326);
  INSERT INTO gpkg_geometry_columns VALUES
    ('places', 'geom', 'POINT', 4326, 0, 0),
    ('points', 'geom', 'POINT', 4326, 0, 0),
    ('candidates', 'geom', 'POINT', 4326, 0, 0),
    ('boundaries', 'geom', 'MULTIPOLYGON', 4326, 0, 0);
  """

private let attributeTables = """
  CREATE TABLE volumes (
    id INTEGER PRIMARY KEY NOT NULL,
    point_id TEXT NOT NULL REFERENCES points(point_id),
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
    payments INTEGER NOT NULL CHECK (payments >= 0),
    amount_fen INTEGER CHECK (amount_fen >= 0),
    busiest_day_payments INTEGER CHECK (busiest_day_payments >= 0),
    UNIQUE (point_id, month)
  );
  CREATE TABLE distance_surveys (
    id INTEGER PRIMARY KEY NOT NULL,
    survey_id TEXT NOT NULL UNIQUE CHECK (survey_id <> ''),
    place_id TEXT NOT NULL REFERENCES places(place_id),
    point_id TEXT NOT NULL REFERENCES points(point_id),
    mode TEXT NOT NULL CHECK (mode IN ('walk', 'ebike', 'car', 'bus')),
    meters REAL CHECK (meters >= 0),
    minutes REAL CHECK (minutes >= 0),
    date DATE,
    CHECK (meters IS NOT NULL OR minutes IS NOT NULL)
  );
  CREATE TABLE service_surveys (
    id INTEGER PRIMARY KEY NOT NULL,
    survey_id TEXT NOT NULL UNIQUE CHECK (survey_id <> ''),
    point_id TEXT NOT NULL REFERENCES points(point_id),
    handling_seconds INTEGER NOT NULL CHECK (handling_seconds >= 0),
    wait_seconds INTEGER CHECK (wait_seconds >= 0),
    date DATE
  );
  CREATE TABLE feedback (
    id INTEGER PRIMARY KEY NOT NULL,
    feedback_id TEXT NOT NULL UNIQUE CHECK (feedback_id <> ''),
    date DATE NOT NULL,
    point_id TEXT REFERENCES points(point_id),
    place_id TEXT REFERENCES places(place_id),
    category TEXT,
    rating INTEGER CHECK (rating BETWEEN 1 AND 5),
    status TEXT CHECK (status IN ('open', 'resolved')),
    note TEXT
  );
  CREATE TABLE channels (
    id INTEGER PRIMARY KEY NOT NULL,
    channel_id TEXT NOT NULL UNIQUE CHECK (channel_id <> ''),
    name TEXT NOT NULL,
    in_person INTEGER NOT NULL CHECK (in_person IN (0, 1)),
    medium TEXT,
    provider TEXT
  );
  CREATE TABLE imports (
    id INTEGER PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    datum TEXT NOT NULL,
    replaced_all INTEGER NOT NULL CHECK (replaced_all IN (0, 1)),
    synthetic INTEGER NOT NULL CHECK (synthetic IN (0, 1)),
    rows_read INTEGER NOT NULL,
    added INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    imported_at DATETIME NOT NULL
  );
  INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('volumes', 'attributes', 'volumes', 'Payments of each point, month by month', '1970-01-01T00:00:00.000Z'),
    ('distance_surveys', 'attributes', 'distance_surveys', 'How far and how long people came', '1970-01-01T00:00:00.000Z'),
    ('service_surveys', 'attributes', 'service_surveys', 'How long handling and waiting took', '1970-01-01T00:00:00.000Z'),
    ('feedback', 'attributes', 'feedback', 'What customers said', '1970-01-01T00:00:00.000Z'),
    ('channels', 'attributes', 'channels', 'The ways to pay', '1970-01-01T00:00:00.000Z'),
    ('imports', 'attributes', 'imports', 'The import journal: when, which file, how many rows', '1970-01-01T00:00:00.000Z');
  """

private let roadTables = """
  CREATE TABLE roads (
    fid INTEGER PRIMARY KEY NOT NULL,
    geom LINESTRING NOT NULL CHECK (typeof(geom) = 'blob' AND substr(geom, 1, 2) = x'4750'),
    edge INTEGER NOT NULL CHECK (edge >= 0),
    class TEXT NOT NULL CHECK (class <> ''),
    meters REAL NOT NULL CHECK (meters >= 0),
    walk TEXT NOT NULL CHECK (walk IN ('no', 'both', 'forward', 'backward')),
    walk_kmh REAL CHECK (walk_kmh >= 0),
    ebike TEXT NOT NULL CHECK (ebike IN ('no', 'both', 'forward', 'backward')),
    ebike_kmh REAL CHECK (ebike_kmh >= 0),
    car TEXT NOT NULL CHECK (car IN ('no', 'both', 'forward', 'backward')),
    car_kmh REAL CHECK (car_kmh >= 0)
  );
  CREATE TABLE road_network (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    file TEXT NOT NULL CHECK (file <> '' AND instr(file, '/') = 0),
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    header_sha256 TEXT NOT NULL CHECK (length(header_sha256) = 64),
    format_version INTEGER NOT NULL,
    junctions INTEGER NOT NULL CHECK (junctions >= 0),
    edges INTEGER NOT NULL CHECK (edges >= 0),
    counts TEXT NOT NULL,
    rules TEXT NOT NULL,
    rules_sha256 TEXT NOT NULL CHECK (length(rules_sha256) = 64),
    elevation TEXT,
    attribution TEXT
  );
  INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) VALUES
    ('roads', 'features', 'roads', 'Edges of the road network, to be looked at: travel times come from the saved graph that road_network names', '1970-01-01T00:00:00.000Z', 4326);
  INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('road_network', 'attributes', 'road_network', 'The saved road graph beside this file, and how it was made', '1970-01-01T00:00:00.000Z');
  INSERT INTO gpkg_geometry_columns VALUES ('roads', 'geom', 'LINESTRING', 4326, 0, 0);
  """

private let calibrationTables = """
  ALTER TABLE feedback ADD COLUMN resolved_on DATE;
  CREATE TABLE calibration (
    id INTEGER PRIMARY KEY NOT NULL,
    inputs_sha256 TEXT NOT NULL CHECK (length(inputs_sha256) = 64),
    estimates TEXT NOT NULL CHECK (estimates <> ''),
    calibrated_at DATETIME NOT NULL
  );
  INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('calibration', 'attributes', 'calibration', 'How people travel, as the surveys say; the newest row counts', '1970-01-01T00:00:00.000Z');
  """
